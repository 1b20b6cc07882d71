import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { datedName } from "../archive/usePacking";
import { save } from "../image/save";
import { useLibrary } from "../library/LibraryProvider";
import { FileInput } from "../ui/FileInput";
import { Icon } from "../ui/Icon";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import { ClearDialog } from "./ClearDialog";
import styles from "./settings.module.css";

/** Everything this browser keeps: into a file, out of a file, away. */
export function DataSection(): ReactNode {
  const { t } = useTranslation();
  const { change } = useLibrary();
  const { toast } = useToasts();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<readonly [number, number]>([0, 0]);
  const [clearing, setClearing] = useState(false);
  const tell = (done: number, total: number) => setProgress([done, total]);

  const exporting = useMutation({
    mutationFn: async () => {
      const [{ exportLibrary }, { withDrafts }] = await Promise.all([
        import("../archive/exportLibrary"),
        import("../archive/drafts"),
      ]);
      return withDrafts((drafts) => change((open) => exportLibrary(open, drafts, tell)));
    },
    networkMode: "always",
    onSuccess: (archive) => save(archive, `${datedName()}-everything.zip`),
    onError: () => toast(t("shelf.export_failed")),
  });
  const importing = useMutation({
    mutationFn: async (file: File) => {
      const [{ importLibrary }, { withDrafts }, estimate] = await Promise.all([
        import("../archive/importLibrary"),
        import("../archive/drafts"),
        navigator.storage?.estimate?.(),
      ]);
      const room = estimate ? (estimate.quota ?? 0) - (estimate.usage ?? 0) : Number.POSITIVE_INFINITY;
      return withDrafts((drafts) => change((open) => importLibrary(open, drafts, file, room, tell)));
    },
    networkMode: "always",
    onSuccess: ({ pictures, known, drafts }) => {
      const said = [t(known ? "shelf.imported_some" : "shelf.imported", { count: pictures, known })];
      if (drafts) said.push(t("shelf.imported_drafts", { count: drafts }));
      toast(said.join(" "));
    },
  });
  const busy = exporting.isPending || importing.isPending;
  const [done, total] = progress;

  return (
    <section>
      <h2>{t("shelf.data")}</h2>
      <p className={ui.hint}>{t("shelf.data_hint")}</p>
      <div className={styles.data}>
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          disabled={busy}
          onClick={() => exporting.mutate()}
        >
          <Icon name="download" />
          {t("shelf.export")}
        </button>
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          disabled={busy}
          onClick={() => input.current?.click()}
        >
          <Icon name="upload" />
          {t("shelf.import")}
        </button>
        <FileInput
          ref={input}
          label={t("shelf.import")}
          accept=".zip,application/zip"
          take={(file) => importing.mutate(file)}
        />
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          disabled={busy}
          onClick={() => setClearing(true)}
        >
          <Icon name="trash" />
          {t("shelf.clear")}
        </button>
      </div>
      <p role="status">
        {busy ? t(exporting.isPending ? "history.packing" : "shelf.importing", { done, total }) : ""}
      </p>
      {importing.error && !busy ? <p role="alert">{reasonOf(importing.error, t)}</p> : null}
      {clearing ? <ClearDialog onClose={() => setClearing(false)} /> : null}
    </section>
  );
}

type ReasonKey = `shelf.import_${"foreign" | "broken" | "newer" | "too_large" | "full"}`;

/** What is the matter with an archive, or with this browser. */
function reasonOf(error: Error, t: (key: ReasonKey) => string): string {
  const { reason } = error as { reason?: "foreign" | "broken" | "newer" | "too_large" };
  return t(reason ? `shelf.import_${reason}` : "shelf.import_full");
}
