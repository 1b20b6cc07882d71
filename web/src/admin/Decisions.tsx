import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { count } from "../ui/format";
import styles from "./admin.module.css";
import { useAdminQuery } from "./ask";
import { categoryName } from "./categories";
import { BarList } from "./chart/BarList";
import { readSummary } from "./client";
import { Figures } from "./Figures";
import { Loaded } from "./Loaded";
import type { Summary } from "./types";

function useSummary(): UseQueryResult<Summary> {
  return useAdminQuery(["summary"], readSummary, 30);
}

/** How many reports there are, and what came of them. */
export function Tally(): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { data } = useSummary();
  const shown = (number: number | undefined) => (number === undefined ? "…" : count(number, language));
  return (
    <Figures
      figures={[
        { label: t("admin.reports_open"), value: shown(data?.reports.open) },
        { label: t("admin.reports_wrong"), value: shown(data?.reports.wrong) },
        { label: t("admin.reports_right"), value: shown(data?.reports.right) },
      ]}
    />
  );
}

/** What moderation decides, and how often people find it wrong, by category. */
export function Decisions(): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const query = useSummary();
  return (
    <Loaded query={query}>
      {({ passed, refused, categories }) => {
        const refusals = categories.filter((one) => one.refused).sort((a, b) => b.refused - a.refused);
        const reported = categories.filter((one) => one.open + one.wrong + one.right);
        return (
          <div className={styles.columns}>
            <section className={styles.section}>
              <h2>{t("admin.refusals")}</h2>
              {refusals.length ? (
                <BarList
                  bars={refusals.map((one) => ({
                    id: one.category,
                    label: categoryName(one.category, t),
                    values: [one.refused],
                  }))}
                />
              ) : (
                <p className={styles.empty}>{t("admin.no_refusals")}</p>
              )}
              <p className={styles.note}>
                {t("admin.judged", { passed: count(passed, language), refused: count(refused, language) })}
              </p>
            </section>
            <section className={styles.section}>
              <h2>{t("admin.by_category")}</h2>
              {reported.length ? (
                <BarList
                  parts={[t("admin.standing_open"), t("admin.outcome_wrong"), t("admin.outcome_right")]}
                  bars={reported.map((one) => ({
                    id: one.category,
                    label: categoryName(one.category, t),
                    values: [one.open, one.wrong, one.right],
                  }))}
                />
              ) : (
                <p className={styles.empty}>{t("admin.no_reports_ever")}</p>
              )}
            </section>
          </div>
        );
      }}
    </Loaded>
  );
}
