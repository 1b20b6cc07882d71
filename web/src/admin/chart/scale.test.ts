import { describe, expect, it } from "vitest";
import { axis, labelStep } from "./scale";

describe("axis", () => {
  it.each([0, 1, 2, 3, 5, 9, 10, 99, 101, 4_321, 1_234_567])("has room for %i", (most) => {
    const { top, lines } = axis(most);
    expect(top).toBeGreaterThanOrEqual(most);
    expect(top).toBeLessThanOrEqual(Math.max(2 * most, 1));
    expect(lines[0]).toBe(0);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.length).toBeLessThanOrEqual(7);
    for (const line of lines) expect(Number.isInteger(line)).toBe(true);
    expect(Math.max(...lines)).toBeLessThanOrEqual(top);
  });
});

it.each([
  [30, 1000, 60, 2],
  [90, 300, 60, 18],
  [1, 300, 60, 1],
  [7, 1000, 60, 1],
])("leaves room for dates: %i days on %i pixels", (days, width, label, step) => {
  expect(labelStep(days, width, label)).toBe(step);
  expect(Math.ceil(days / step) * label).toBeLessThanOrEqual(Math.max(width + label, label));
});
