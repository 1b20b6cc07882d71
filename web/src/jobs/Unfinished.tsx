import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../settings/preferences";
import styles from "./jobs.module.css";
import type { LiveJob } from "./reduce";

/** A picture on its way, or awaited. */
export function Unfinished({ job, index }: { job: LiveJob; index: number }): ReactNode {
  const { t } = useTranslation();
  const { previews } = usePreferences();
  const number = index + 1;
  const done = job.parts[index];
  const preview = previews ? job.previews[index] : undefined;
  const label = t(done === undefined ? "picture.waiting" : "picture.drawing", { number });
  return (
    <div
      className={styles.unfinished}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((done ?? 0) * 100)}
    >
      {preview ? <img src={preview} alt="" /> : null}
      <Ring done={done ?? 0} />
    </div>
  );
}

function Ring({ done }: { done: number }): ReactNode {
  return (
    <svg className={styles.ring} viewBox="0 0 36 36" aria-hidden="true">
      <circle cx="18" cy="18" r="15" pathLength={1} />
      <circle cx="18" cy="18" r="15" pathLength={1} strokeDasharray={`${done} 1`} />
    </svg>
  );
}
