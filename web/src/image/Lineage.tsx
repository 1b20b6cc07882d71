import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { jobTitle } from "../jobs/JobCard";
import type { LiveJob } from "../jobs/reduce";
import { useShelf } from "../jobs/useShelf";
import { type KeptInputs, placeOf } from "../library/database";
import { Icon } from "../ui/Icon";
import { useObjectUrl } from "../ui/useObjectUrl";
import styles from "./image.module.css";
import { Picture } from "./Picture";

interface LineageProps {
  job: LiveJob;
  /** The oldest first, this job's own last. */
  steps: readonly KeptInputs[];
  /** Ids of jobs made from this picture. */
  children: readonly string[];
}

/** Where a picture comes from, step by step, and what was made of it. */
export function Lineage({ job, steps, children }: LineageProps): ReactNode {
  const { t } = useTranslation();
  const shelf = useShelf();
  const made = shelf.filter((one) => children.includes(one.id) && one.data.length);
  return (
    <>
      {steps.length ? (
        <nav className={styles.lineage} aria-label={t("shelf.made_from")}>
          <h2>{t("shelf.made_from")}</h2>
          <ol>
            {steps.map((step) => (
              <li key={step.jobId}>
                <Step step={step} job={shelf.find((one) => one.id === parentOf(step))} />
                <Icon name="right" />
              </li>
            ))}
            <li>
              <span aria-current="page" className={styles.here}>
                {t(`shelf.made_${job.operation}`)}
              </span>
            </li>
          </ol>
        </nav>
      ) : null}
      {made.length ? (
        <nav className={styles.lineage} aria-label={t("shelf.made_of_this")}>
          <h2>{t("shelf.made_of_this")}</h2>
          <ul>
            {made.map((one) => (
              <li key={one.id}>
                <Child job={one} />
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </>
  );
}

function parentOf(step: KeptInputs): string | null {
  return step.from && placeOf(step.from).jobId;
}

/** What one step was made from: a picture of ours, or an upload. */
function Step({ step, job }: { step: KeptInputs; job: LiveJob | undefined }): ReactNode {
  const { t } = useTranslation();
  const url = useObjectUrl(step.image);
  const thumb = url ? <img src={url} alt="" /> : <span className={styles.waiting} />;
  const there = step.from && job?.data.some((one) => one.index === placeOf(step.from ?? "").index);
  if (job && there) {
    return (
      <Link href={`/i/${step.from}`} title={jobTitle(job, t)}>
        {thumb}
        <span>{t(`shelf.made_${job.operation}`)}</span>
      </Link>
    );
  }
  return (
    <span className={styles.thumb}>
      {thumb}
      <span>{t(step.from ? "shelf.deleted_picture" : "shelf.upload")}</span>
    </span>
  );
}

function Child({ job }: { job: LiveJob }): ReactNode {
  const { t } = useTranslation();
  const [first] = job.data;
  if (!first) return null;
  return (
    <Link href={`/i/${job.id}/${first.index}`} title={jobTitle(job, t)}>
      <Picture jobId={job.id} index={first.index} url={first.url} alt="" />
      <span>{t(`shelf.made_${job.operation}`)}</span>
    </Link>
  );
}
