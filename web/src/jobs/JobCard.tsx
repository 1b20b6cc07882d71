import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { isBlocked } from "../api/errors";
import { currentLanguage } from "../i18n";
import { dimensions, duration, moment } from "../ui/format";
import { Icon } from "../ui/Icon";
import { LazyMenu } from "../ui/LazyMenu";
import ui from "../ui/ui.module.css";
import type { Press } from "../ui/useLazyMenu";
import styles from "./jobs.module.css";
import { isOver, type LiveJob } from "./reduce";
import { TileGrid } from "./TileGrid";
import { useJobActions } from "./useJobActions";

const ReportDialog = lazy(() => import("../create/ReportDialog"));
const CodeDialog = lazy(() => import("../code/CodeDialog"));

/** One request: its words, and a tile for each picture. */
export function JobCard({ job, level }: { job: LiveJob; level: 2 | 3 }): ReactNode {
  const { t } = useTranslation();
  const [showCode, setShowCode] = useState(false);
  const [reporting, setReporting] = useState(false);
  const actions = useJobActions(job);
  const title = jobTitle(job, t);
  const Heading = `h${level}` as const;
  const over = isOver(job);
  // What was neither drawn nor will be leaves no empty tiles.
  const shown = Array.from({ length: job.n }, (_, index) => index).filter((index) =>
    over ? job.data.some((one) => one.index === index) : !job.gone.includes(index),
  );
  const more = (press?: Press) => (
    <button type="button" className={ui.icon} aria-label={t("job.more")} aria-haspopup="menu" {...press}>
      <Icon name="more" />
    </button>
  );

  return (
    <article className={styles.job} aria-label={title} aria-busy={!over}>
      <header>
        <div>
          <Heading title={title}>{title}</Heading>
          <Standing job={job} />
        </div>
        {over ? (
          <LazyMenu
            trigger={more}
            actions={[
              ...(actions.reuse
                ? [{ id: "reuse", label: t("job.reuse"), icon: "repeat" as const, run: actions.reuse }]
                : []),
              { id: "code", label: t("job.view_code"), icon: "code", run: () => setShowCode(true) },
              { id: "delete", label: t("job.delete"), icon: "trash", run: actions.remove },
            ]}
          />
        ) : (
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            disabled={actions.cancelling}
            onClick={actions.cancel}
          >
            {t(actions.cancelling ? "job.cancelling" : "job.cancel")}
          </button>
        )}
      </header>
      {job.error ? (
        <div className={styles.refused}>
          <p className={ui.label}>{t(isBlocked(job.error) ? "fault.blocked_title" : "live.failed")}</p>
          <p>{job.error.message}</p>
          {isBlocked(job.error) && job.request_id ? (
            <button type="button" className={`${ui.quiet} ${ui.small}`} onClick={() => setReporting(true)}>
              {t("fault.blocked_report")}
            </button>
          ) : null}
        </div>
      ) : null}
      <TileGrid tiles={shown.map((index) => ({ job, index, title }))} count={job.n} />
      {reporting && job.request_id ? (
        <Suspense>
          <ReportDialog
            requestId={job.request_id}
            prompt={job.prompt ?? ""}
            onClose={() => setReporting(false)}
          />
        </Suspense>
      ) : null}
      {showCode ? (
        <Suspense>
          <CodeDialog job={job} onClose={() => setShowCode(false)} />
        </Suspense>
      ) : null}
    </article>
  );
}

/** A job's words, or what it is where it has none. */
export function jobTitle(job: LiveJob, t: (key: "job.variations_of" | "job.edit_of") => string): string {
  if (job.operation === "variations") return t("job.variations_of");
  if (!job.prompt) return t("job.edit_of");
  return job.prompt;
}

function Standing({ job }: { job: LiveJob }): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  if (job.status === "running") {
    return <p>{t("job.percent", { percent: Math.round(job.progress * 100) })}</p>;
  }
  if (job.status === "queued") {
    const place = job.position ? t("job.position", { count: job.position }) : t("job.next");
    const eta = job.eta_seconds ? t("job.eta", { time: duration(job.eta_seconds, language) }) : null;
    return <p>{[t("job.queued"), place, eta].filter(Boolean).join(" · ")}</p>;
  }
  const facts = [moment(job.created_at, language), dimensions(job.size)];
  if (job.status === "cancelled") facts.unshift(t("job.cancelled"));
  if (job.operation === "edits") facts.unshift(t("job.edit_of"));
  return <p>{facts.join(" · ")}</p>;
}
