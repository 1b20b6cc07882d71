import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Segments } from "../ui/Segments";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";
import { ADMIN, useAdminPages } from "./ask";
import { Confirm } from "./Confirm";
import { deleteReport, listReports } from "./client";
import { Decisions, Tally } from "./Decisions";
import { Loaded } from "./Loaded";
import { ReportCard } from "./ReportCard";
import { type Report, STANDINGS, type Standing } from "./types";

/** What moderation refused, and what people say of it. */
export function ReportsSection(): ReactNode {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [standing, setStanding] = useState<Standing>("open");
  const [unwanted, setUnwanted] = useState<Report | null>(null);
  const list = useAdminPages(["reports", standing], (after) => listReports(standing, after));

  function changed(text: string): void {
    toast(text);
    // The card that had the focus is about to go.
    heading.current?.focus();
    void client.invalidateQueries({ queryKey: [ADMIN, "reports"] });
    void client.invalidateQueries({ queryKey: [ADMIN, "summary"] });
  }

  return (
    <>
      <Tally />
      <section className={styles.section} aria-labelledby="reports-title">
        <h2 id="reports-title" ref={heading} tabIndex={-1}>
          {t("admin.reports")}
        </h2>
        <p className={styles.note}>{t("admin.reports_body")}</p>
        <Segments<Standing>
          label={t("admin.standing")}
          value={standing}
          options={STANDINGS.map((value) => ({ value, label: t(`admin.standing_${value}`) }))}
          onChange={setStanding}
        />
        <Loaded query={list}>
          {({ pages }) => {
            const reports = pages.flatMap((page) => page.data);
            return (
              <>
                {reports.length ? null : <p className={styles.empty}>{t(`admin.no_reports_${standing}`)}</p>}
                <ul className={styles.rows}>
                  {reports.map((report) => (
                    <ReportCard
                      key={report.id}
                      report={report}
                      onReviewed={changed}
                      onDelete={() => setUnwanted(report)}
                    />
                  ))}
                </ul>
                {list.hasNextPage ? (
                  <button
                    type="button"
                    className={ui.button}
                    disabled={list.isFetching}
                    onClick={() => void list.fetchNextPage()}
                  >
                    {t("admin.show_more")}
                  </button>
                ) : null}
              </>
            );
          }}
        </Loaded>
      </section>
      <Decisions />
      {unwanted ? (
        <Confirm
          title={t("admin.delete_title")}
          action={t("job.delete")}
          act={() => deleteReport(unwanted.id)}
          after={heading}
          onDone={() => changed(t("job.deleted"))}
          onClose={() => setUnwanted(null)}
        >
          <p>{t("admin.delete_body")}</p>
        </Confirm>
      ) : null}
    </>
  );
}
