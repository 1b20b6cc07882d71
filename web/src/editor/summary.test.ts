import { describe, expect, it } from "vitest";
import { countAreas } from "./summary";

function mask(rows: readonly string[]): Uint8Array {
  return Uint8Array.from([...rows.join("")], (one) => (one === "#" ? 1 : 0));
}

describe("areas", () => {
  it.each([
    [["....", "....", "....", "...."], 0],
    [["####", "####", "####", "####"], 1],
    [["#..#", "....", "....", "#..#"], 4],
    [["#.#.", "#.#.", "###.", "...#"], 2],
    [["####", "#..#", "#.##", "####"], 1],
    [["#.##", "##.#", "...#", ".###"], 2],
    [["###.", "..#.", "###.", "...."], 1],
  ])("%j: %i", (rows, count) => {
    expect(countAreas(mask(rows), 4)).toBe(count);
  });

  it("agree with a flood fill on noise", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let round = 0; round < 30; round++) {
      const side = 24;
      const dense = random();
      const one = Uint8Array.from({ length: side * side }, () => (random() < dense ? 1 : 0));
      expect(countAreas(one, side)).toBe(flooded(one.slice(), side));
    }
  });
});

function flooded(mask: Uint8Array, side: number): number {
  let count = 0;
  for (let begin = 0; begin < mask.length; begin++) {
    if (!mask[begin]) continue;
    count++;
    const queue = [begin];
    while (queue.length) {
      const at = queue.pop() ?? 0;
      if (!mask[at]) continue;
      mask[at] = 0;
      if (at % side) queue.push(at - 1);
      if ((at + 1) % side) queue.push(at + 1);
      if (at >= side) queue.push(at - side);
      if (at + side < mask.length) queue.push(at + side);
    }
  }
  return count;
}
