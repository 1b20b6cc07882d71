import { expect, it } from "vitest";
import { ago, average, count, dayOf } from "./format";

it.each([
  [0, "en", "this minute"],
  [59, "ja", "1 分以内"],
  [60, "en", "1 minute ago"],
  [3599, "en", "59 minutes ago"],
  [7200, "ja", "2 時間前"],
  [86_400 * 40, "en", "40 days ago"],
  [-30, "en", "this minute"],
] as const)("says how long ago it was: %i seconds", (past, language, text) => {
  expect(ago(1_000_000_000 - past, language, 1_000_000_000)).toBe(text);
});

it.each([
  [4 / 30, "0.13"],
  [4 / 90, "0.044"],
  [1, "1"],
  [2.54, "2.5"],
  [10.4, "10"],
  [1234.5, "1,235"],
])("writes an average that is not nothing as something: %f", (value, text) => {
  expect(average(value, "en")).toBe(text);
  expect(average(value, "ja")).toBe(text);
});

it("writes numbers and UTC days as people of a language do", () => {
  expect([count(12_345, "en"), count(12_345, "ja"), count(12_345, "en", true)]).toEqual([
    "12,345",
    "12,345",
    "12K",
  ]);
  expect([dayOf(1_795_305_600, "en"), dayOf(1_795_305_600, "ja")]).toEqual(["Nov 22", "11月22日"]);
});
