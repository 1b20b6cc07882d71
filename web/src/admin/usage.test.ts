import { describe, expect, it } from "vitest";
import type { Bucket, Group, UsagePage } from "./types";
import { NONE, OTHERS, readDays, seriesOf, totalsOf } from "./usage";

const DAY = 86_400;
const NOW = 20_000 * DAY + 5_000;

function result(images: number, group: Partial<Record<Group, string | null>> = {}) {
  return {
    images,
    num_model_requests: 1,
    model: null,
    size: null,
    source: null,
    api_key_id: null,
    ...group,
  };
}

function bucket(day: number, ...results: Bucket["results"]): Bucket {
  return { start_time: day * DAY, results };
}

describe("days", () => {
  it.each([1, 30, 31, 32, 90])("are read page after page: %i", async (days) => {
    const asked: (string | null)[] = [];
    const read = async (start: number, _: Group, page: string | null): Promise<UsagePage> => {
      asked.push(page);
      const first = page ? Number(page) : start / DAY;
      const last = Math.min(first + 30, 20_000);
      const data = Array.from({ length: last - first + 1 }, (_, at) => bucket(first + at));
      return { data, has_more: last < 20_000, next_page: last < 20_000 ? String(last + 1) : null };
    };
    const found = await readDays(days, "model", NOW, read);
    expect(found.map((one) => one.start_time / DAY)).toEqual(
      Array.from({ length: days }, (_, at) => 20_000 - days + 1 + at),
    );
    expect(asked.length).toBe(Math.ceil(days / 31));
  });
});

describe("series", () => {
  it("are sorted by size, and nobody is lost among the others", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    for (let round = 0; round < 50; round += 1) {
      const buckets = Array.from({ length: 1 + (random() % 40) }, (_, day) =>
        bucket(
          day,
          ...Array.from({ length: random() % 12 }, (_, at) =>
            result(random() % 100, { model: at ? `m${random() % 12}` : null }),
          ),
        ),
      );
      const series = seriesOf(buckets, "model");
      expect(series.length).toBeLessThanOrEqual(6);
      buckets.forEach((one, day) => {
        const drawn = one.results.reduce((sum, { images }) => sum + images, 0);
        expect(series.reduce((sum, { values }) => sum + (values[day] ?? Number.NaN), 0)).toBe(drawn);
      });
      for (const one of series) expect(one.values.reduce((a, b) => a + b, 0)).toBe(one.total);
      const named = series.filter(({ name }) => name !== OTHERS).map(({ total }) => total);
      expect(named).toEqual([...named].sort((a, b) => b - a));
    }
  });

  it("name what has no name, and do not sum up a single other", () => {
    const six = ["a", "b", "c", "d", "e", null].map((model, at) => result(10 - at, { model }));
    expect(seriesOf([bucket(0, ...six)], "model").map(({ name }) => name)).toEqual([
      "a",
      "b",
      "c",
      "d",
      "e",
      NONE,
    ]);
    const seven = [...six, result(1, { model: "g" })];
    expect(seriesOf([bucket(0, ...seven)], "model").at(-1)).toEqual({ name: OTHERS, values: [6], total: 6 });
  });
});

it("sums up what was drawn", () => {
  const days = [bucket(1, result(3), result(4)), bucket(2, result(9)), bucket(3, result(2))];
  expect(totalsOf(days)).toEqual({
    images: 18,
    requests: 4,
    today: { start_time: 3 * DAY, images: 2, requests: 1 },
    busiest: { start_time: 2 * DAY, images: 9, requests: 1 },
  });
  expect(totalsOf([bucket(1), bucket(2)]).busiest).toBeNull();
});
