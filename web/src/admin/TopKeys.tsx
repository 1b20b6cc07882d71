import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./admin.module.css";
import { useAdminQuery } from "./ask";
import { BarList } from "./chart/BarList";
import { KeyName } from "./KeyName";
import { Loaded } from "./Loaded";
import { NONE, OTHERS, readDays, seriesOf } from "./usage";

const MOST = 10;

/** Who draws most. */
export function TopKeys({ days }: { days: number }): ReactNode {
  const { t } = useTranslation();
  const query = useAdminQuery(["top keys", days], () => readDays(days, "api_key_id"), 30);
  return (
    <section className={styles.section}>
      <h2>{t("admin.top_keys")}</h2>
      <Loaded query={query}>
        {(buckets) => {
          const top = seriesOf(buckets, "api_key_id", MOST);
          return top.length ? (
            <BarList
              bars={top.map(({ name, total }) => ({
                id: name,
                label: name === OTHERS ? t("admin.others") : <KeyName id={name === NONE ? null : name} />,
                values: [total],
              }))}
            />
          ) : (
            <p className={styles.empty}>{t("admin.no_usage", { count: days })}</p>
          );
        }}
      </Loaded>
    </section>
  );
}
