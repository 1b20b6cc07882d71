import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useJobs } from "../jobs/JobsProvider";
import type { LiveJob } from "../jobs/reduce";
import ui from "../ui/ui.module.css";

interface Known {
  status: LiveJob["status"];
  ready: number;
}

/** Tells screen readers how the jobs get on: what changed since the last look, never what was there before. */
export function Announcer(): ReactNode {
  const { t } = useTranslation();
  const { jobs } = useJobs();
  const known = useRef<Map<string, Known> | null>(null);
  const [text, setText] = useState("");

  useEffect(() => {
    if (!jobs) return;
    const before = known.current;
    known.current = new Map(jobs.map((job) => [job.id, { status: job.status, ready: job.data.length }]));
    if (!before) return;
    for (const job of jobs) {
      const was = before.get(job.id);
      if (was?.status !== job.status) {
        if (job.status === "queued") setText(t("live.queued"));
        else if (job.status === "succeeded") setText(t("live.done"));
        else if (job.status === "failed") setText(t("live.failed"));
        else if (job.status === "cancelled") setText(t("live.cancelled"));
      } else if (was.ready !== job.data.length) {
        setText(t("live.ready", { ready: job.data.length, total: job.n }));
      }
    }
  }, [jobs, t]);

  return (
    <p className={ui.hidden} role="status" data-testid="announcer">
      {text}
    </p>
  );
}
