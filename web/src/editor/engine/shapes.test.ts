import { describe, expect, it } from "vitest";
import { intersect, type Rect } from "./geometry";
import { boundsOf, type Shape, spansOf } from "./shapes";
import { covers, Random, shapeOver } from "./testing";

/** Pixels of `clip` the spans cover; every pixel at most once. */
function rasterised(shape: Shape, clip: Rect): Uint8Array {
  const pixels = new Uint8Array(clip.width * clip.height);
  spansOf(shape, clip, (y, start, end) => {
    expect(y >= clip.y && y < clip.y + clip.height && start >= clip.x && end <= clip.x + clip.width).toBe(
      true,
    );
    for (let x = start; x < end; x += 1) {
      const at = (y - clip.y) * clip.width + (x - clip.x);
      pixels[at] = (pixels[at] as number) + 1;
    }
  });
  return pixels;
}

describe("shapes", () => {
  it("cover the pixels whose centres they cover, no other, each once", () => {
    const random = new Random(2);
    let covered = 0;
    for (let round = 0; round < 400; round += 1) {
      const clip = { x: random.whole(-90, 90), y: random.whole(-90, 90), width: 47, height: 41 };
      const shape = shapeOver(random, clip);
      const expected = new Uint8Array(clip.width * clip.height);
      for (let at = 0; at < expected.length; at += 1) {
        const [x, y] = [clip.x + (at % clip.width), clip.y + Math.floor(at / clip.width)];
        expected[at] = covers(shape, x, y) ? 1 : 0;
        covered += expected[at] as number;
      }
      expect(rasterised(shape, clip), JSON.stringify(shape)).toEqual(expected);
    }
    expect(covered).toBeGreaterThan(50_000);
  });

  it("lie within their bounds", () => {
    const random = new Random(3);
    const field = { x: -60, y: -60, width: 120, height: 120 };
    for (let round = 0; round < 120; round += 1) {
      const shape = shapeOver(random, { x: -20, y: -20, width: 40, height: 40 });
      const bounds = boundsOf(shape);
      let outside = 0;
      for (let at = 0; at < field.width * field.height; at += 1) {
        const [x, y] = [field.x + (at % field.width), field.y + Math.floor(at / field.width)];
        const within = bounds && intersect(bounds, { x, y, width: 1, height: 1 });
        if (!within && covers(shape, x, y)) outside += 1;
      }
      expect(outside).toBe(0);
    }
  });

  it("fill what a crossing line goes round", () => {
    const star = [0, 144, 288, 72, 216].map((degrees) => ({
      x: 50 + 40 * Math.sin((degrees * Math.PI) / 180),
      y: 50 - 40 * Math.cos((degrees * Math.PI) / 180),
    }));
    const pixels = rasterised({ kind: "polygon", points: star }, { x: 0, y: 0, width: 100, height: 100 });
    expect(pixels[50 * 100 + 50]).toBe(1);
  });

  it("refuse what is not a number, and cover nothing where there is nothing", () => {
    const clip = { x: 0, y: 0, width: 9, height: 9 };
    const nowhere = { x: Number.NaN, y: 1 };
    expect(() => boundsOf({ kind: "capsule", from: nowhere, to: nowhere, radius: 3 })).toThrow(RangeError);
    expect(() => boundsOf({ kind: "rect", x: 0, y: 0, width: Infinity, height: 1 })).toThrow(RangeError);
    expect(rasterised({ kind: "polygon", points: [] }, clip).some(Boolean)).toBe(false);
    expect(rasterised({ kind: "rect", x: 3, y: 3, width: 0, height: 4 }, clip).some(Boolean)).toBe(false);
  });
});
