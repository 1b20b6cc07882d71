import { describe, expect, it } from "vitest";
import { clamp, grown, intersect, isSide, sameRect, snap, union } from "./geometry";
import { Random } from "./testing";

const rect = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

describe("rectangles", () => {
  it("agree with sets of pixels", () => {
    const random = new Random(1);
    const some = () => rect(random.whole(-5, 5), random.whole(-5, 5), random.whole(0, 6), random.whole(0, 6));
    const holds = (one: ReturnType<typeof some> | null, x: number, y: number) =>
      one !== null && x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height;
    for (let round = 0; round < 300; round += 1) {
      const [one, other] = [some(), some()];
      const both = intersect(one, other);
      const around = union(one, other);
      let any = false;
      let wrong = 0;
      for (let y = -8; y < 14; y += 1) {
        for (let x = -8; x < 14; x += 1) {
          const either = holds(one, x, y) || holds(other, x, y);
          if (holds(both, x, y) !== (holds(one, x, y) && holds(other, x, y))) wrong += 1;
          if (either && !holds(around, x, y)) wrong += 1;
          if (either) any = true;
        }
      }
      expect(wrong).toBe(0);
      expect(around !== null).toBe(any);
    }
  });

  it("grow on every side", () => {
    expect(grown(rect(1, 2, 3, 4), 2)).toEqual(rect(-1, 0, 7, 8));
    expect(sameRect(grown(rect(1, 2, 3, 4), 0), rect(1, 2, 3, 4))).toBe(true);
  });
});

it("snaps to the nearest step, below zero too", () => {
  expect([-97, -96, -33, -1, 31, 32, 100].map((value) => snap(value) + 0)).toEqual([
    -128, -64, -64, 0, 0, 64, 128,
  ]);
});

it("knows sides and limits", () => {
  expect([256, 512, 1024, 768, 0].map(isSide)).toEqual([true, true, true, false, false]);
  expect([clamp(-1, 0, 9), clamp(5, 0, 9), clamp(10, 0, 9)]).toEqual([0, 5, 9]);
});
