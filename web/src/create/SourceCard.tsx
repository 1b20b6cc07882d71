import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useOpenInEditor } from "../editor/useOpenInEditor";
import { dimensions } from "../ui/format";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import { useObjectUrl } from "../ui/useObjectUrl";
import styles from "./create.module.css";
import { useDraft } from "./DraftProvider";
import type { Source } from "./source";

interface SourceCardProps {
  source: Source;
  busy: boolean;
  /** The button that opens it in the editor. */
  edit: RefObject<HTMLButtonElement | null>;
  onVary: () => void;
}

/** The uploaded image and what can be made of it. */
export function SourceCard({ source, busy, edit, onVary }: SourceCardProps): ReactNode {
  const { t } = useTranslation();
  const { draft, change } = useDraft();
  const openInEditor = useOpenInEditor();
  const address = useObjectUrl(source.blob);
  return (
    <section className={styles.source} aria-label={t("source.title")}>
      <img src={address ?? undefined} alt={t("source.title")} />
      <div>
        <p className={ui.label}>{t("source.title")}</p>
        {source.cropped ? <p className={ui.hint}>{t("source.crop")}</p> : null}
        {source.scaledFrom ? (
          <p className={ui.hint}>
            {t("source.scaled", {
              from: dimensions(`${source.scaledFrom}x${source.scaledFrom}`),
              to: dimensions(source.size),
            })}
          </p>
        ) : null}
        <p className={ui.hint} id="source-hint">
          {t(source.transparent ? "source.fill_hint" : "source.opaque")}
        </p>
        <p className={styles.ways}>
          <button type="button" className={`${ui.button} ${ui.small}`} disabled={busy} onClick={onVary}>
            <Icon name="grid" />
            {t("source.variations")}
          </button>
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            ref={edit}
            aria-describedby="source-hint"
            onClick={() => void openInEditor(source.file, source.name, source.from, draft.prompt.trim())}
          >
            <Icon name="brush" />
            {t("source.edit")}
          </button>
        </p>
      </div>
      <button
        type="button"
        className={ui.icon}
        aria-label={t("source.remove")}
        onClick={() => change({ source: null })}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}
