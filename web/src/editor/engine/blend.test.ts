import { describe, expect, it } from "vitest";
import { blend, over, squaredDistances } from "./blend";
import { emptyPixels } from "./geometry";
import { noise, plain, Random } from "./testing";

const FAR = 0xffff;

function nearest(mask: Uint8Array, side: number, radius: number): Uint16Array {
  return Uint16Array.from(mask, (_, place) => {
    let least = FAR;
    mask.forEach((one, other) => {
      if (!one) return;
      const dx = (place % side) - (other % side);
      const dy = Math.floor(place / side) - Math.floor(other / side);
      least = Math.min(least, dx * dx + dy * dy);
    });
    return least <= radius * radius ? least : FAR;
  });
}

describe("distances", () => {
  it("are the exact ones to the nearest pixel of the mask, and none beyond the radius", () => {
    const random = new Random(4);
    for (let round = 0; round < 120; round += 1) {
      const side = random.whole(1, 26);
      const share = random.pick([0, 0.002, 0.02, 0.3, 1]);
      const mask = Uint8Array.from({ length: side * side }, () => (random.chance(share) ? 1 : 0));
      const radius = random.whole(1, 32);
      expect(squaredDistances(mask, side, radius)).toEqual(nearest(mask, side, radius));
    }
  });
});

describe("blending", () => {
  it("fades from the hole outwards and changes nothing beyond", () => {
    const side = 32;
    const known = plain(side, [0, 0, 0, 255]);
    const hole = new Uint8Array(side * side);
    for (let y = 0; y < side; y += 1) hole.fill(1, y * side, y * side + 8);
    blend(known, plain(side, [200, 100, 50, 255]), hole, 4);
    const row = Array.from({ length: 14 }, (_, x) => known.data[x * 4]);
    expect(row).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 160, 120, 80, 40, 0, 0]);
  });

  it("without overmask touches the hole alone, bit for bit, and keeps no colour where the result has none", () => {
    const random = new Random(5);
    for (let round = 0; round < 20; round += 1) {
      const [known, result] = [noise(random, 32, 32, false), noise(random, 32, 32, false)];
      const before = known.data.slice();
      const hole = Uint8Array.from({ length: 1024 }, () => random.whole(0, 1));
      blend(known, result, hole, 0);
      hole.forEach((one, place) => {
        const at = place * 4;
        const there = [...known.data.subarray(at, at + 4)];
        const wanted = one ? result.data : before;
        const empty = one && result.data[at + 3] === 0;
        expect(there).toEqual(empty ? [0, 0, 0, 0] : [...wanted.subarray(at, at + 4)]);
      });
    }
  });

  it("weighs colours by how much of them is seen", () => {
    const known = emptyPixels(2, 2);
    known.data.set([10, 20, 30, 51], 4);
    blend(known, plain(2, [250, 250, 250, 255]), Uint8Array.of(1, 0, 1, 1), 1);
    // Half and half of alpha 51 and 255: 153, of which 5 parts in 6 are white.
    expect([...known.data.subarray(4, 8)]).toEqual([210, 212, 213, 153]);
  });
});

it("paints one pixel over another as everyone does", () => {
  const word = (r: number, g: number, b: number, a: number) => ((a << 24) | (b << 16) | (g << 8) | r) >>> 0;
  expect(over(word(255, 0, 0, 128), word(255, 255, 255, 255))).toBe(word(255, 127, 127, 255));
  expect(over(word(9, 8, 7, 255), word(1, 2, 3, 44))).toBe(word(9, 8, 7, 255));
  expect(over(word(100, 100, 100, 51), word(200, 0, 100, 51))).toBe(word(144, 56, 100, 92));
});
