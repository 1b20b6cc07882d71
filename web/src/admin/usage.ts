import { readUsagePage } from "./client";
import type { Bucket, Group, UsagePage } from "./types";

const DAY = 86_400;
/** Series that are told apart; what is beyond is summed up. */
export const MOST_SERIES = 5;
/** The sum of the others. */
export const OTHERS = "…";
/** Pictures that were drawn without what they are grouped by: no key. */
export const NONE = "";

type ReadPage = (start: number, group: Group, page: string | null) => Promise<UsagePage>;

/** The last `days` UTC days, today included, one bucket each: page after page. */
export async function readDays(
  days: number,
  group: Group,
  now = Date.now() / 1000,
  read: ReadPage = readUsagePage,
): Promise<Bucket[]> {
  const start = (Math.floor(now / DAY) - days + 1) * DAY;
  const found: Bucket[] = [];
  let next: string | null = null;
  do {
    const page: UsagePage = await read(start, group, next);
    found.push(...page.data);
    next = page.has_more ? page.next_page : null;
  } while (next);
  return found;
}

export interface Series {
  name: string;
  /** Of each day. */
  values: number[];
  total: number;
}

/** Pictures per group and day, the largest group first; no more than `most`, and the others. */
export function seriesOf(buckets: readonly Bucket[], group: Group, most = MOST_SERIES): Series[] {
  const found = new Map<string, Series>();
  buckets.forEach((bucket, day) => {
    for (const one of bucket.results) {
      const name = one[group] ?? NONE;
      const series = found.get(name) ?? { name, values: buckets.map(() => 0), total: 0 };
      series.values[day] = (series.values[day] ?? 0) + one.images;
      series.total += one.images;
      found.set(name, series);
    }
  });
  const sorted = [...found.values()].sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  if (sorted.length <= most + 1) return sorted;
  const rest = sorted.slice(most);
  return [
    ...sorted.slice(0, most),
    {
      name: OTHERS,
      values: buckets.map((_, day) => rest.reduce((sum, one) => sum + (one.values[day] ?? 0), 0)),
      total: rest.reduce((sum, one) => sum + one.total, 0),
    },
  ];
}

export interface Totals {
  images: number;
  requests: number;
  today: { images: number; requests: number };
  /** Where most was drawn; null when nothing was. */
  busiest: { start_time: number; images: number } | null;
}

export function totalsOf(buckets: readonly Bucket[]): Totals {
  const days = buckets.map((bucket) => ({
    start_time: bucket.start_time,
    images: bucket.results.reduce((sum, one) => sum + one.images, 0),
    requests: bucket.results.reduce((sum, one) => sum + one.num_model_requests, 0),
  }));
  const busiest = days.reduce<Totals["busiest"]>(
    (best, day) => (day.images > (best?.images ?? 0) ? day : best),
    null,
  );
  return {
    images: days.reduce((sum, day) => sum + day.images, 0),
    requests: days.reduce((sum, day) => sum + day.requests, 0),
    today: days.at(-1) ?? { images: 0, requests: 0 },
    busiest,
  };
}
