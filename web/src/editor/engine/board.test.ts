import { describe, expect, it } from "vitest";
import { over } from "./blend";
import { Board, MOST_SIDE, TILE } from "./board";
import { emptyPixels, type Frame, type Pixels, type Rect, rectOf } from "./geometry";
import type { Shape } from "./shapes";
import { covers, frameOver, noise, plain, Random, same, shapeOver } from "./testing";

/** Around the world's corner, so that there are tiles on both sides of zero. */
const WORLD: Rect = { x: -310, y: -310, width: 620, height: 620 };
const wordsOf = (pixels: Pixels) => new Uint32Array(pixels.data.buffer);

/** The board again, with one number and one mark for every pixel of the world, and whole copies for undoing. */
class Model {
  words = new Uint32Array(WORLD.width * WORLD.height);
  erased = new Uint8Array(WORLD.width * WORLD.height);

  copy(): Model {
    const copy = new Model();
    copy.words.set(this.words);
    copy.erased.set(this.erased);
    return copy;
  }

  /** Every pixel of `rect` that is in the world. */
  each(rect: Rect, change: (place: number, at: number, x: number, y: number) => void): void {
    for (let row = 0; row < rect.height; row += 1) {
      for (let column = 0; column < rect.width; column += 1) {
        const [x, y] = [rect.x + column, rect.y + row];
        const [left, top] = [x - WORLD.x, y - WORLD.y];
        if (left < 0 || top < 0 || left >= WORLD.width || top >= WORLD.height) continue;
        change(top * WORLD.width + left, row * rect.width + column, x, y);
      }
    }
  }

  seen(place: number): number {
    return this.erased[place] ? 0 : (this.words[place] as number);
  }

  read(): Uint32Array {
    return this.words.map((_, place) => this.seen(place));
  }

  place(image: Pixels, x: number, y: number): void {
    this.each({ x, y, width: image.width, height: image.height }, (place, at) => {
      const word = wordsOf(image)[at] as number;
      if (word >>> 24 === 0) return;
      const under = this.seen(place);
      this.words[place] = under ? over(word, under) : word;
      this.erased[place] = 0;
    });
  }

  mark(shape: Shape, erased: 0 | 1): void {
    this.each(WORLD, (place, _, x, y) => {
      if (this.words[place] && covers(shape, x, y)) this.erased[place] = erased;
    });
  }

  settle(rect: Rect, flat: boolean): void {
    this.each(rect, (place) => {
      const word = this.seen(place);
      if (word === 0 || word >>> 24 === 255) return;
      if (flat) this.words[place] = over(word, 0xffffffff);
      else this.erased[place] = 1;
    });
  }

  accept(frame: Frame, result: Pixels): void {
    this.each(rectOf(frame), (place, at) => {
      if (this.seen(place)) return;
      const word = wordsOf(result)[at] as number;
      this.words[place] = word >>> 24 ? word : 0;
      this.erased[place] = 0;
    });
  }
}

function walk(seed: number, steps: number): void {
  const random = new Random(seed);
  const board = new Board();
  let model = new Model();
  const past: Model[] = [];
  let future: Model[] = [];
  const inside = { x: -200, y: -190, width: 400, height: 380 };
  for (let step = 0; step < steps; step += 1) {
    const before = model.copy();
    const doing = random.pick([
      "place",
      "erase",
      "erase",
      "restore",
      "stroke",
      "accept",
      "undo",
      "undo",
      "redo",
    ]);
    if (doing === "undo" || doing === "redo") {
      const [from, to] = doing === "undo" ? [past, future] : [future, past];
      expect(doing === "undo" ? board.canUndo : board.canRedo).toBe(from.length > 0);
      board[doing]();
      const other = from.pop();
      if (other) {
        to.push(model);
        model = other;
      }
    } else {
      if (doing === "place") {
        const image = noise(random, random.whole(1, 150), random.whole(1, 150), random.chance(0.5));
        const [x, y] = [random.whole(-250, 150), random.whole(-250, 150)];
        board.place(image, x, y);
        model.place(image, x, y);
      } else if (doing === "accept") {
        const frame = frameOver(random, { x: -50, y: -50, width: 100, height: 100 }, [256]);
        const result = noise(random, 256, 256, random.chance(0.7));
        board.accept(frame, result, 0);
        model.accept(frame, result);
      } else if (doing === "settle") {
        const rect = { x: random.whole(-250, 0), y: random.whole(-250, 0), width: 200, height: 90 };
        const flat = random.chance(0.5);
        board[flat ? "flatten" : "eraseTranslucent"](rect);
        model.settle(rect, flat);
      } else if (doing === "stroke") {
        board.beginStroke();
        for (let part = 0; part < 3; part += 1) {
          const shape = shapeOver(random, inside);
          const erased = random.whole(0, 1) as 0 | 1;
          board[erased ? "erase" : "restore"](shape);
          model.mark(shape, erased);
        }
        if (random.chance(0.2)) {
          board.cancelStroke();
          model = before.copy();
        } else board.endStroke();
      } else {
        const shape = shapeOver(random, inside);
        board[doing as "erase" | "restore"](shape);
        model.mark(shape, doing === "erase" ? 1 : 0);
      }
      if (!same(before.words, model.words) || !same(before.erased, model.erased)) {
        past.push(before);
        future = [];
      }
    }
    expect(same(board.read(WORLD).data, model.read()), `step ${step}: ${doing}`).toBe(true);
    expect(same(erasedOf(board), model.erased), `step ${step}: ${doing}, erased`).toBe(true);
    expect(board.bounds()).toEqual(boundsOf(model.words));
    expect(board.erasedBounds()).toEqual(boundsOf(model.erased));
  }
}

function erasedOf(board: Board): Uint8Array {
  const model = new Model();
  for (const tile of board.tiles(WORLD)) {
    model.each({ x: tile.x, y: tile.y, width: TILE, height: TILE }, (place, at) => {
      model.erased[place] = tile.erased?.[at] ?? 0;
    });
  }
  return model.erased;
}

function boundsOf(values: Uint32Array | Uint8Array): Rect | null {
  let [left, top, right, bottom] = [WORLD.width, WORLD.height, -1, -1];
  for (let place = 0; place < values.length; place += 1) {
    if (!values[place]) continue;
    const x = place % WORLD.width;
    const y = (place - x) / WORLD.width;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    bottom = y;
  }
  if (right < 0) return null;
  return { x: left + WORLD.x, y: top + WORLD.y, width: right - left + 1, height: bottom - top + 1 };
}

const whole = (side: number) => ({ kind: "rect" as const, x: 0, y: 0, width: side, height: side });

describe("a board", () => {
  it.each([11, 12, 13])("does and undoes what a simple model does, walk %i", (seed) => walk(seed, 40));

  it("brings back the very pixels, colours of translucent ones too", () => {
    const board = new Board();
    const picture = noise(new Random(1), 300, 300, false);
    board.place(picture, -30, 40);
    const before = board.read(WORLD);
    board.erase({ kind: "capsule", from: { x: 0, y: 50 }, to: { x: 200, y: 300 }, radius: 64 });
    board.erase({ kind: "rect", x: -10, y: 60, width: 90, height: 10 });
    expect(same(board.read(WORLD).data, before.data)).toBe(false);
    board.clearErased();
    expect(same(board.read(WORLD).data, before.data)).toBe(true);
    expect(board.erasedBounds()).toBeNull();
  });

  it("counts its hole", () => {
    const board = new Board();
    board.place(plain(256, [9, 9, 9, 255]), 0, 0);
    board.place(plain(10, [9, 9, 9, 100]), 256, 0);
    board.erase({ kind: "rect", x: 0, y: 0, width: 16, height: 4 });
    const hole = board.hole({ x: 0, y: 0, side: 512 });
    const known = 256 * 256 - 64 + 100;
    expect({ ...hole, mask: hole.mask.reduce((sum, one) => sum + one, 0) }).toEqual({
      mask: 512 * 512 - known,
      erased: 64,
      empty: 512 * 512 - 256 * 256 - 100,
      known,
      translucent: 100,
    });
  });

  it("lets no erased colour out of a cut", () => {
    const board = new Board();
    board.place(plain(256, [200, 100, 50, 255]), 0, 0);
    board.erase(whole(128));
    const { data } = board.cut({ x: 0, y: 0, side: 256 });
    for (let place = 0; place < 256 * 256; place += 1) {
      const erased = place % 256 < 128 && place < 256 * 128;
      const there = [...data.subarray(place * 4, place * 4 + 4)];
      expect(there).toEqual(erased ? [0, 0, 0, 0] : [200, 100, 50, 255]);
    }
  });

  it("accepts just what it showed, in one step", () => {
    const random = new Random(20);
    for (let round = 0; round < 12; round += 1) {
      const board = new Board();
      board.place(noise(random, 300, 280, false), -20, -90);
      board.erase(shapeOver(random, { x: 0, y: 0, width: 200, height: 200 }));
      const frame = frameOver(random, { x: -60, y: -60, width: 120, height: 120 }, [256]);
      const result = noise(random, 256, 256);
      const overmask = random.pick([0, 1, 8, 32]);
      const before = board.read(WORLD);
      const shown = board.composite(frame, result, overmask);
      expect(same(board.read(WORLD).data, before.data)).toBe(true);
      board.accept(frame, result, overmask);
      expect(same(board.cut(frame).data, shown.data)).toBe(true);
      expect(board.hole(frame).known).toBe(256 * 256);
      board.undo();
      expect(same(board.read(WORLD).data, before.data)).toBe(true);
    }
  });

  it("knows a placed file until something is painted on it", () => {
    const board = new Board();
    const [file, other] = [new Blob(["one"]), new Blob(["other"])];
    const frame: Frame = { x: -256, y: 0, side: 256 };
    board.place(plain(256, [1, 2, 3, 255]), -256, 0, file);
    board.place(noise(new Random(1), 256, 256, false), 900, 0, other);
    expect(board.sources).toEqual([{ rect: rectOf(frame), file }]);
    board.erase({ kind: "rect", x: -200, y: 9, width: 40, height: 40 });
    expect(board.source(rectOf(frame))?.file).toBe(file);
    board.accept({ x: 0, y: 0, side: 256 }, plain(256, [5, 5, 5, 255]), 0);
    expect(board.source(rectOf(frame))?.file).toBe(file);
    board.accept(frame, plain(256, [5, 5, 5, 255]), 0);
    expect(board.source(rectOf(frame))).toBeNull();
    board.undo();
    expect(board.source(rectOf(frame))?.file).toBe(file);
    board.redo();
    expect(board.source(rectOf(frame))).toBeNull();
  });

  it("settles translucent pixels: on white, or erased", () => {
    const board = new Board();
    board.place(plain(16, [255, 0, 0, 128]), 0, 0);
    board.place(plain(4, [7, 7, 7, 255]), 0, 0);
    board.eraseTranslucent(whole(8));
    expect(board.hole({ x: 0, y: 0, side: 256 })).toMatchObject({ erased: 48, translucent: 192, known: 208 });
    board.undo();
    board.flatten(whole(16));
    expect(board.hole({ x: 0, y: 0, side: 256 })).toMatchObject({ erased: 0, translucent: 0, known: 256 });
    expect([...board.read({ x: 8, y: 8, width: 1, height: 1 }).data]).toEqual([255, 127, 127, 255]);
    board.undo();
    expect(board.hole({ x: 0, y: 0, side: 256 }).translucent).toBe(240);
  });

  it("is at most so wide and so high, wherever that is", () => {
    const board = new Board();
    const dot = plain(1, [1, 1, 1, 255]);
    board.place(dot, 100_000, -5);
    board.place(dot, 100_000 + MOST_SIDE - 1, -5);
    const tooLarge = expect.objectContaining({ fault: "document_too_large" });
    const refused = (doing: () => void) => {
      const { version } = board;
      expect(doing).toThrow(tooLarge);
      expect(board.version).toBe(version);
    };
    refused(() => board.place(dot, 100_000 + MOST_SIDE, -5));
    refused(() => board.accept({ x: 99_900, y: -5, side: 256 }, plain(256, [1, 1, 1, 255]), 0));
    expect(() => board.place(dot, 100_000, MOST_SIDE - 6)).not.toThrow();
    expect(() => Board.of(new Board().tiles(WORLD), [])).not.toThrow();
  });

  it("refuses fractions of pixels and results of another size", () => {
    const board = new Board();
    expect(() => board.place(plain(4, [1, 1, 1, 255]), 0.5, 0)).toThrow(RangeError);
    expect(() => board.cut({ x: 0, y: 1.5, side: 256 })).toThrow(RangeError);
    const frame: Frame = { x: 0, y: 0, side: 256 };
    expect(() => board.composite(frame, plain(255, [1, 1, 1, 255]), 0)).toThrow("255 × 255");
    expect(() => board.accept(frame, plain(256, [1, 1, 1, 255]), 33)).toThrow("overmask");
  });

  it("tells its listeners what to draw again, and nothing where nothing changed", () => {
    const board = new Board();
    const heard: Rect[] = [];
    const stop = board.subscribe((dirty) => heard.push(dirty));
    board.place(plain(64, [1, 1, 1, 255]), 10, 10);
    expect(heard.splice(0)).toEqual([{ x: 10, y: 10, width: 64, height: 64 }]);
    board.erase({ kind: "rect", x: 500, y: 500, width: 10, height: 10 });
    board.restore({ kind: "rect", x: 0, y: 0, width: 10, height: 10 });
    expect(heard).toEqual([]);
    const tile = () => board.tiles(WORLD)[0];
    const [version, tileVersion] = [board.version, tile()?.version];
    board.erase({ kind: "rect", x: 20, y: 20, width: 5, height: 6 });
    expect(heard.splice(0)).toEqual([{ x: 20, y: 20, width: 5, height: 6 }]);
    expect([board.version === version, tile()?.version === tileVersion]).toEqual([false, false]);
    board.undo();
    expect(heard.splice(0)).toEqual([{ x: 20, y: 20, width: 5, height: 6 }]);
    stop();
    board.redo();
    expect(heard).toEqual([]);
  });

  it("keeps no tile that has nothing on it", () => {
    const board = new Board();
    board.place(plain(700, [1, 1, 1, 255]), -100, -100);
    expect(board.tiles({ x: -999, y: -999, width: 2999, height: 2999 })).toHaveLength(16);
    board.undo();
    expect(board.tiles({ x: -999, y: -999, width: 2999, height: 2999 })).toHaveLength(0);
    board.place(emptyPixels(300, 300), 0, 0);
    board.accept({ x: 0, y: 0, side: 256 }, emptyPixels(256, 256), 0);
    expect(board.tiles({ x: -999, y: -999, width: 2999, height: 2999 })).toHaveLength(0);
    expect([board.canUndo, board.canRedo, board.bounds()]).toEqual([false, true, null]);
  });

  it("undoes a page's own steps in their turn", () => {
    const board = new Board();
    let frame = 0;
    board.place(plain(8, [1, 1, 1, 255]), 0, 0);
    frame = 64;
    board.record({ undo: () => (frame = 0), redo: () => (frame = 64) });
    board.erase(whole(8));
    board.undo();
    expect([frame, board.erasedBounds()]).toEqual([64, null]);
    board.undo();
    expect([frame, board.bounds()?.width]).toEqual([0, 8]);
    board.redo();
    expect(frame).toBe(64);
    board.undo();
    board.undo();
    expect(board.bounds()).toBeNull();
  });

  it("forgets the oldest of many accepted pictures, and undoes the others", () => {
    const board = new Board();
    const frame: Frame = { x: -64, y: 32, side: 1024 };
    const accept = (round: number) => {
      board.erase({ kind: "rect", ...rectOf(frame) });
      board.accept(frame, plain(1024, [round, 1, 2, 255]), 0);
    };
    for (let round = 0; round < 20; round += 1) {
      accept(round);
      expect(board.historyBytes).toBeLessThanOrEqual(64 * 1024 * 1024);
    }
    const shown = () => board.read({ x: 100, y: 100, width: 1, height: 1 }).data[0];
    let kept = 0;
    for (; board.canUndo; kept += 1) {
      expect(shown()).toBe(19 - kept);
      board.undo(); // accepted
      board.undo(); // erased
    }
    // 4 MB each.
    expect(kept).toBe(15);
  });

  it("keeps its history within bounds over 500 strokes", () => {
    const random = new Random(30);
    const board = new Board();
    board.place(plain(1024, [1, 2, 3, 255]), 0, 0);
    const most = Array.from({ length: 500 }, () => {
      board.beginStroke();
      let from = { x: random.between(0, 1024), y: random.between(0, 1024) };
      for (let move = 0; move < 20; move += 1) {
        const to = { x: from.x + random.between(-60, 60), y: from.y + random.between(-60, 60) };
        board[random.chance(0.6) ? "erase" : "restore"]({ kind: "capsule", from, to, radius: 64 });
        from = to;
      }
      board.endStroke();
      return board.historyBytes;
    });
    expect(Math.max(...most)).toBeLessThan(4 * 1024 * 1024);
    for (let step = 0; step < 200; step += 1) {
      expect(board.canUndo).toBe(true);
      board.undo();
    }
    expect(board.canUndo).toBe(false);
  });
});
