import { expect, it } from "vitest";
import { fittingSize, hasHoles } from "./source";

it.each([
  [64, "256x256"],
  [511, "256x256"],
  [512, "512x512"],
  [1023, "512x512"],
  [4000, "1024x1024"],
])("brings %i px to %s", (side, size) => {
  expect(fittingSize(side)).toBe(size);
});

it("sees holes in alpha only", () => {
  expect(hasHoles(new Uint8ClampedArray([0, 0, 0, 255, 0, 0, 0, 1]))).toBe(false);
  expect(hasHoles(new Uint8ClampedArray([9, 9, 9, 255, 9, 9, 9, 0]))).toBe(true);
});
