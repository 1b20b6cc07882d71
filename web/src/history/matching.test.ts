import { expect, it } from "vitest";
import type { LiveJob } from "../jobs/reduce";
import { matching } from "./matching";

const job = (id: string, prompt: string | null, pictures = 2) =>
  ({
    id,
    prompt,
    data: Array.from({ length: pictures }, (_, index) => ({ index, url: "", revised_prompt: null })),
  }) as unknown as LiveJob;

const JOBS = [job("fox", "A red Fox in the snow"), job("ja", "雪の森のキツネ"), job("none", null)];
const ids = (found: readonly LiveJob[]) => found.map((one) => one.id);

it.each([
  ["", ["fox", "ja", "none"]],
  ["fox", ["fox"]],
  ["SNOW red", ["fox"]],
  ["キツネ", ["ja"]],
  ["ｷﾂﾈ", ["ja"]],
  ["owl", []],
])("finds %s", (words, expected) => {
  expect(ids(matching(JOBS, words, null))).toEqual(expected);
});

it("shows of favourites only those", () => {
  const [found, ...rest] = matching(JOBS, "", new Set(["fox/1"]));
  expect(rest).toEqual([]);
  expect(found?.data.map((one) => one.index)).toEqual([1]);
});
