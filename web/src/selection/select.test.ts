import { expect, it } from "vitest";
import { extend, NONE, toggle } from "./select";

const ORDER = ["a/0", "a/1", "b/0", "b/1", "c/0"];
const keys = (selected: { keys: ReadonlySet<string> }) => [...selected.keys].toSorted();

it("toggles one at a time", () => {
  const both = toggle(toggle(NONE, "b/0"), "a/1");
  expect(keys(both)).toEqual(["a/1", "b/0"]);
  expect(keys(toggle(both, "b/0"))).toEqual(["a/1"]);
});

it("extends to a range, both ways, keeping what was selected", () => {
  const one = toggle(toggle(NONE, "c/0"), "a/1");
  expect(keys(extend(one, ORDER, "b/1"))).toEqual(["a/1", "b/0", "b/1", "c/0"]);
  const back = extend(toggle(NONE, "b/1"), ORDER, "a/1");
  expect(keys(back)).toEqual(["a/1", "b/0", "b/1"]);
  expect(keys(extend(back, ORDER, "c/0"))).toEqual(["a/1", "b/0", "b/1", "c/0"]);
});

it("begins where there is no anchor, or it is out of sight", () => {
  expect(keys(extend(NONE, ORDER, "b/0"))).toEqual(["b/0"]);
  expect(keys(extend(toggle(NONE, "z/9"), ORDER, "b/0"))).toEqual(["b/0", "z/9"]);
});
