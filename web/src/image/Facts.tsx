import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../api/types";
import { currentLanguage } from "../i18n";
import { dimensions, moment } from "../ui/format";
import styles from "./image.module.css";

interface FactsProps {
  job: Job;
  /** The revised prompt: what the engine understood. */
  understood: string | null;
}

export function Facts({ job, understood }: FactsProps): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const took = job.started_at && job.finished_at ? job.finished_at - job.started_at : null;
  const rows: [string, ReactNode][] = [];
  if (understood) rows.push([t("picture.understood"), understood]);
  rows.push([t("picture.size"), dimensions(job.size)]);
  if (job.seed !== null) rows.push([t("picture.seed"), <code key="seed">{job.seed}</code>]);
  rows.push([t("picture.created"), moment(job.created_at, language)]);
  if (took !== null) rows.push([t("picture.made_in"), t("picture.seconds", { seconds: Math.max(1, took) })]);
  if (job.expires_at) rows.push([t("picture.kept_until"), moment(job.expires_at, language)]);
  rows.push([t("picture.request"), <code key="id">{job.id}</code>]);
  return (
    <section aria-label={t("picture.details")}>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
