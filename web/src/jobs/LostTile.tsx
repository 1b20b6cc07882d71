import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSend } from "../create/useSend";
import { keyOf } from "../library/database";
import { readInputs } from "../library/inputs";
import { useStored } from "../library/stored";
import ui from "../ui/ui.module.css";
import styles from "./jobs.module.css";
import type { LiveJob } from "./reduce";
import { repeat } from "./repeat";
import { useRemoval } from "./useRemoval";

/** A picture that neither server nor browser has any more: drawn again, or removed. */
export function LostTile({ job, index }: { job: LiveJob; index: number }): ReactNode {
  const { t } = useTranslation();
  const { send, sending, wait, fault } = useSend();
  const { removePictures } = useRemoval();
  const inputs = useStored("inputs", job.id, (open) => readInputs(open, job.id));
  const wish = inputs === undefined ? null : repeat(job, inputs);
  return (
    <div className={styles.lost}>
      <p>{fault?.message || t("picture.expired")}</p>
      {wish ? (
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          disabled={sending || wait > 0}
          onClick={() => {
            send(wish, { from: inputs?.from ?? null });
            window.scrollTo({ top: 0 });
          }}
        >
          {t("picture.regenerate")}
        </button>
      ) : null}
      <button
        type="button"
        className={`${ui.quiet} ${ui.small}`}
        onClick={() => removePictures([keyOf(job.id, index)])}
      >
        {t("job.remove")}
      </button>
    </div>
  );
}
