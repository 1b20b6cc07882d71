import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { currentLanguage } from "../i18n";
import { usePreferences } from "../settings/preferences";
import { DropArea, nameOf } from "../ui/DropArea";
import { FileInput } from "../ui/FileInput";
import { moment } from "../ui/format";
import { Icon } from "../ui/Icon";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import { useObjectUrl } from "../ui/useObjectUrl";
import { useTitle } from "../ui/useTitle";
import type { Summary } from "./engine/documents";
import { EditorError } from "./engine/errors";
import styles from "./start.module.css";
import { documents, startBlank, startFromPicture, startFromWorkspace } from "./store";
import { ToolIcon } from "./ToolIcon";

const DRAFTS = ["drafts"] as const;

/** Where drafts begin, and where they are found again. */
export function StartPage(): ReactNode {
  const { t } = useTranslation();
  const { n } = usePreferences();
  const { toast } = useToasts();
  const [, go] = useLocation();
  const image = useRef<HTMLInputElement>(null);
  const workspace = useRef<HTMLInputElement>(null);
  useTitle(t("editor.title"));

  async function begin(how: () => Promise<string>): Promise<void> {
    try {
      go(`/e/${await how()}`);
    } catch (error) {
      if (!(error instanceof EditorError)) throw error;
      toast(t(`editor.fault.${error.fault}`));
    }
  }

  const openPicture = (file: File) => void begin(() => startFromPicture(file, nameOf(file), n));
  const openWorkspace = (file: File) => void begin(() => startFromWorkspace(file, n));
  const take = (file: File) => (file.name.endsWith(".zip") ? openWorkspace(file) : openPicture(file));

  return (
    <DropArea className={styles.start} label={t("editor.drop_here")} take={take}>
      <header className={styles.startHead}>
        <h1>{t("editor.start_title")}</h1>
        <p>{t("editor.start_body")}</p>
      </header>
      <div className={styles.ways}>
        <button type="button" className={ui.primary} onClick={() => image.current?.click()}>
          <Icon name="image" />
          {t("editor.open_image")}
        </button>
        <button type="button" className={ui.button} onClick={() => void begin(() => startBlank(n))}>
          <ToolIcon name="frame" />
          {t("editor.blank")}
        </button>
        <button type="button" className={ui.button} onClick={() => workspace.current?.click()}>
          <ToolIcon name="file" />
          {t("editor.open_workspace")}
        </button>
      </div>
      <p className={styles.dropHint}>{t("editor.drop_hint")}</p>
      <FileInput ref={image} label={t("editor.open_image")} accept="image/*" take={openPicture} />
      <FileInput ref={workspace} label={t("editor.open_workspace")} accept=".zip" take={openWorkspace} />
      <DraftList />
    </DropArea>
  );
}

function DraftList(): ReactNode {
  const { t } = useTranslation();
  const { later } = useToasts();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set());
  const { data } = useQuery({
    queryKey: DRAFTS,
    queryFn: async () => (await documents()).list(),
    networkMode: "always",
    staleTime: 0,
    gcTime: 0,
  });
  const drafts = data?.filter((one) => !leaving.has(one.id)) ?? [];
  if (drafts.length === 0) return null;

  function remove(id: string): void {
    setLeaving((all) => new Set(all).add(id));
    later(
      t("editor.draft_deleted"),
      () =>
        void documents()
          .then((all) => all.delete(id))
          .then(() => client.invalidateQueries({ queryKey: DRAFTS })),
      () => setLeaving((all) => new Set([...all].filter((one) => one !== id))),
    );
  }

  return (
    <section className={styles.drafts} aria-labelledby="drafts">
      <h2 id="drafts">{t("editor.drafts")}</h2>
      <p>{t("editor.drafts_body")}</p>
      <ul>
        {drafts.map((draft) => (
          <Draft key={draft.id} draft={draft} remove={() => remove(draft.id)} />
        ))}
      </ul>
    </section>
  );
}

function Draft({ draft, remove }: { draft: Summary; remove: () => void }): ReactNode {
  const { t } = useTranslation();
  const name = draft.name || t("editor.untitled");
  const { thumbnail } = draft;
  const address = useObjectUrl(thumbnail);
  return (
    <li>
      <Link href={`/e/${draft.id}`} aria-label={t("editor.draft_open", { name })}>
        <span className={styles.thumbnail}>{address ? <img src={address} alt="" /> : null}</span>
        <span className={styles.draftName}>{name}</span>
        <span className={ui.hint}>{moment(draft.updatedAt / 1000, currentLanguage())}</span>
      </Link>
      <button
        type="button"
        className={ui.icon}
        aria-label={t("editor.draft_delete", { name })}
        title={t("editor.draft_delete", { name })}
        onClick={remove}
      >
        <Icon name="trash" />
      </button>
    </li>
  );
}
