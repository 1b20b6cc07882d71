import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { moment } from "../ui/format";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";
import { useAsk } from "./ask";
import { categoryName } from "./categories";
import { reviewReport } from "./client";
import { KeyName } from "./KeyName";
import { wordsOf } from "./Loaded";
import type { Outcome, Report } from "./types";

const LONG = 200;

interface ReportCardProps {
  report: Report;
  onReviewed: (text: string) => void;
  onDelete: () => void;
}

/** One report: what was refused and why, what its sender says, and what to make of it. */
export function ReportCard({ report, onReviewed, onDelete }: ReportCardProps): ReactNode {
  const { t } = useTranslation();
  const ask = useAsk();
  const language = currentLanguage();
  const review = useMutation({
    mutationFn: (outcome: Outcome | null) => ask(() => reviewReport(report.id, outcome)),
    onSuccess: (_, outcome) => onReviewed(t(outcome ? "admin.reviewed" : "admin.reopened")),
  });
  const categories = report.categories.map((name) => categoryName(name, t)).join("、");
  return (
    <li className={styles.report}>
      <article aria-label={t("admin.report_named", { where: t(`admin.where_${report.where}`), categories })}>
        <header>
          <h3>
            {t(`admin.where_${report.where}`)}
            {report.categories.map((name) => (
              <span key={name} className={styles.chip}>
                {categoryName(name, t)}
              </span>
            ))}
            {report.outcome ? (
              <span className={styles.outcome}>{t(`admin.outcome_${report.outcome}`)}</span>
            ) : null}
          </h3>
          <p className={styles.note}>
            {t("admin.report_facts", {
              time: moment(report.created_at, language),
              policy: t(`admin.policy_${report.policy}`),
            })}{" "}
            <span className={styles.from}>
              <KeyName id={report.api_key_id} />
            </span>{" "}
            <code translate="no">{report.request_id}</code>
          </p>
        </header>
        <dl className={styles.said}>
          <Said label={t("admin.note")} text={report.note || null} otherwise={t("admin.no_note")} />
          <Said label={t("admin.prompt")} text={report.prompt} otherwise={t("admin.no_prompt")} />
        </dl>
        {review.error ? (
          <p role="alert" className={styles.warning}>
            {wordsOf(review.error, t("admin.away"))}
          </p>
        ) : null}
        <div className={styles.buttons}>
          {report.status === "open" ? (
            <>
              <button
                type="button"
                className={`${ui.button} ${ui.small}`}
                disabled={review.isPending}
                onClick={() => review.mutate("wrong")}
              >
                {t("admin.mark_wrong")}
              </button>
              <button
                type="button"
                className={`${ui.button} ${ui.small}`}
                disabled={review.isPending}
                onClick={() => review.mutate("right")}
              >
                {t("admin.mark_right")}
              </button>
            </>
          ) : (
            <button
              type="button"
              className={`${ui.button} ${ui.small}`}
              disabled={review.isPending}
              onClick={() => review.mutate(null)}
            >
              {t("admin.reopen")}
            </button>
          )}
          <button type="button" className={`${ui.quiet} ${ui.small}`} onClick={onDelete}>
            <Icon name="trash" />
            {t("job.delete")}
          </button>
        </div>
      </article>
    </li>
  );
}

interface SaidProps {
  label: string;
  text: string | null;
  otherwise: string;
}

/** Somebody's words, exactly as they were sent. */
function Said({ label, text, otherwise }: SaidProps): ReactNode {
  // What scrolls has to be reached by keyboard.
  const long = (text?.length ?? 0) > LONG;
  return (
    <div>
      <dt>{label}</dt>
      <dd {...(long ? { tabIndex: 0 } : {})}>{text ?? <i>{otherwise}</i>}</dd>
    </div>
  );
}
