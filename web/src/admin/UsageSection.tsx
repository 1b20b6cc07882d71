import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { average, count, dayOf, dimensions } from "../ui/format";
import { Segments } from "../ui/Segments";
import styles from "./admin.module.css";
import { useAdminQuery } from "./ask";
import { DayChart } from "./chart/DayChart";
import { Figures } from "./Figures";
import { Loaded } from "./Loaded";
import { TopKeys } from "./TopKeys";
import { type Bucket, GROUPS, type Group } from "./types";
import { NONE, OTHERS, readDays, seriesOf, totalsOf } from "./usage";

const SPANS = ["30", "90"] as const;
type Span = (typeof SPANS)[number];
const SOURCES = {
  "image.generation": "source_generation",
  "image.edit": "source_edit",
  "image.variation": "source_variation",
} as const;

interface Usage {
  group: Group;
  buckets: Bucket[];
}

async function readUsage(days: number, group: Group): Promise<Usage> {
  return { group, buckets: await readDays(days, group) };
}

/** What a series is called. */
function nameOf(name: string, group: Group, t: TFunction): string {
  if (name === OTHERS) return t("admin.others");
  if (name === NONE) return t("admin.nobody");
  if (group === "size") return dimensions(name);
  const source = SOURCES[name as keyof typeof SOURCES];
  return source ? t(`admin.${source}`) : name;
}

/** What was drawn, by day and by key. */
export function UsageSection(): ReactNode {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>("30");
  const [group, setGroup] = useState<(typeof GROUPS)[number]>("model");
  const query = useAdminQuery(["usage", span, group], () => readUsage(Number(span), group), 30);
  return (
    <>
      <div className={styles.choices}>
        <Segments<Span>
          label={t("admin.span")}
          value={span}
          options={SPANS.map((value) => ({ value, label: t("admin.days", { count: Number(value) }) }))}
          onChange={setSpan}
        />
        <Segments<(typeof GROUPS)[number]>
          label={t("admin.by")}
          value={group}
          options={GROUPS.map((value) => ({ value, label: t(`admin.by_${value}`) }))}
          onChange={setGroup}
        />
      </div>
      <Loaded query={query}>{(usage) => <Days {...usage} />}</Loaded>
      <TopKeys days={Number(span)} />
    </>
  );
}

function Days({ buckets, group }: Usage): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { images, requests, today, busiest } = totalsOf(buckets);
  const days = buckets.length;
  return (
    <>
      <Figures
        figures={[
          { label: t("admin.images_today"), value: count(today.images, language) },
          { label: t("admin.images_in_days", { count: days }), value: count(images, language) },
          { label: t("admin.requests_in_days", { count: days }), value: count(requests, language) },
          {
            label: t("admin.busiest"),
            value: busiest ? dayOf(busiest.start_time, language) : "–",
            ...(busiest && { more: t("admin.images", { images: count(busiest.images, language) }) }),
          },
        ]}
      />
      <section className={styles.section}>
        {images ? (
          <DayChart
            title={t("admin.drawn_per_day")}
            summary={t("admin.images_summary", {
              images: count(images, language),
              average: average(images / days, language),
            })}
            days={buckets.map((bucket) => bucket.start_time)}
            series={seriesOf(buckets, group).map((one) => ({ ...one, label: nameOf(one.name, group, t) }))}
          />
        ) : (
          <p className={styles.empty}>{t("admin.no_usage", { count: days })}</p>
        )}
        <p className={styles.note}>{t("admin.utc")}</p>
      </section>
    </>
  );
}
