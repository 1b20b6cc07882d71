import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { JobList } from "../jobs/JobList";
import { useJobs } from "../jobs/JobsProvider";
import { useShelf } from "../jobs/useShelf";
import { DropArea } from "../ui/DropArea";
import { useTitle } from "../ui/useTitle";
import styles from "./create.module.css";
import { useDraft } from "./DraftProvider";
import { FaultNotice } from "./FaultNotice";
import { PromptForm } from "./PromptForm";
import { PICTURE } from "./picture";
import { useSend } from "./useSend";
import { useUpload } from "./useUpload";

const SHOWN = 12;

/** The first page: one text box, and below it what came of it. */
export function CreatePage(): ReactNode {
  const { t } = useTranslation();
  const { link, jobs } = useJobs();
  const all = useShelf();
  const { draft, change } = useDraft();
  const sending = useSend();
  const upload = useUpload();
  const take = useCallback((file: File) => void upload(file), [upload]);
  const [focusAt, setFocusAt] = useState(0);
  useTitle(null);
  const quiet = all.length === 0;

  return (
    // Chromium offers a dragged tile's image as a file too; that is for the text box alone (PromptForm).
    <DropArea className={styles.page} label={t("create.drop_here")} take={take} except={PICTURE}>
      <section className={quiet ? styles.first : styles.top}>
        <h1 className={styles.title}>{t("create.title")}</h1>
        <PromptForm sending={sending} focusAt={focusAt} />
        {sending.fault ? (
          <FaultNotice
            fault={sending.fault}
            prompt={draft.prompt}
            onEdit={() => setFocusAt((times) => times + 1)}
            onDismiss={sending.dismiss}
          />
        ) : null}
      </section>
      {quiet && (jobs || link !== "connecting") ? (
        <section className={styles.samples}>
          <h2>{t("create.samples")}</h2>
          <ul>
            {t("create.examples", { returnObjects: true }).map((example) => (
              <li key={example}>
                <button
                  type="button"
                  onClick={() => {
                    change({ prompt: example });
                    setFocusAt((times) => times + 1);
                  }}
                >
                  {example}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {quiet ? null : (
        <section aria-labelledby="recent">
          <h2 id="recent" className={styles.recent}>
            {t("create.recent")}
          </h2>
          <JobList jobs={all.slice(0, SHOWN)} level={3} />
        </section>
      )}
    </DropArea>
  );
}
