import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { readUsage } from "../api/client";
import { Meter } from "../ui/Meter";
import styles from "./settings.module.css";

const WINDOWS = ["minute", "day", "month"] as const;

/** What was drawn, and how much of each allowance that is. */
export function UsageMeters(): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ["usage"], queryFn: readUsage, refetchInterval: 10_000 });
  if (!data) return null;
  return (
    <section>
      <h2>{t("settings.usage")}</h2>
      <dl className={styles.counts}>
        <div>
          <dd>{data.images_today}</dd>
          <dt>{t("settings.today")}</dt>
        </div>
        <div>
          <dd>{data.images_this_month}</dd>
          <dt>{t("settings.this_month")}</dt>
        </div>
      </dl>
      {WINDOWS.map((window) => {
        const { images: most, used } = data.limits[window];
        if (most === null) return null;
        return (
          <Meter
            key={window}
            label={t(`settings.per_${window}`)}
            text={t("settings.of", { used, most })}
            used={used}
            most={most}
          />
        );
      })}
    </section>
  );
}
