import { describe, expect, it } from "vitest";
import { MOST_BYTES } from "../../api/limits";
import { Board } from "./board";
import { type Frame, type Pixels, rectOf } from "./geometry";
import { type Plan, plan, survey } from "./plan";
import { readPng, writePng } from "./png";
import { frameOver, noise, plain, Random, shapeOver } from "./testing";

/** The real encoder without its worker. */
const codec = { encode: async (pixels: Pixels) => new Blob([writePng(pixels)], { type: "image/png" }) };
const FRAME: Frame = { x: -256, y: 64, side: 256 };

async function decoded(blob: Blob): Promise<Pixels> {
  const pixels = await readPng(new Uint8Array(await blob.arrayBuffer()));
  if (!pixels) throw new Error("not one of ours");
  return pixels;
}

function edit(made: Plan) {
  if (made.nothing !== null || made.wish.operation !== "edits") throw new Error(JSON.stringify(made));
  return { ...made.wish, known: made.known };
}

function placed(random = new Random(1)): { board: Board; file: Blob } {
  const board = new Board();
  const picture = noise(random, 256, 256);
  const file = new Blob([writePng(picture)], { type: "image/png" });
  board.place(picture, FRAME.x, FRAME.y, file);
  return { board, file };
}

describe("a plan", () => {
  it("asks for nothing where nothing is to be filled", async () => {
    const { board } = placed();
    expect(survey(board, FRAME)).toMatchObject({
      nothing: "no_hole",
      known: 1,
      hole: { empty: 0, erased: 0 },
    });
    expect(await plan(board, FRAME, "x", codec)).toEqual({ nothing: "no_hole" });
  });

  it("asks for a new picture where everything is to be filled", async () => {
    const { board } = placed();
    const wanted = { operation: "generations", prompt: "a fox", size: "512x512" };
    const far: Frame = { x: 4000, y: 0, side: 512 };
    expect(await plan(board, far, "a fox", codec)).toEqual({ nothing: null, known: 0, wish: wanted });
    board.erase({ kind: "rect", ...rectOf(FRAME) });
    expect(await plan(board, FRAME, "a fox", codec)).toMatchObject({ wish: { operation: "generations" } });
  });

  it("sends the file itself and a mask for one untouched picture", async () => {
    const { board, file } = placed();
    board.erase({ kind: "capsule", from: { x: -200, y: 100 }, to: { x: -100, y: 200 }, radius: 20 });
    const wish = edit(await plan(board, FRAME, "a fox", codec));
    expect(wish.image).toBe(file);
    expect(wish).toMatchObject({ operation: "edits", prompt: "a fox", size: "256x256" });
    expect(wish.known).toBe(survey(board, FRAME).known);
    const mask = await decoded(wish.mask as Blob);
    const hole = board.hole(FRAME).mask;
    expect(mask.data.every((value, at) => value === (at % 4 === 3 && !hole[at >> 2] ? 255 : 0))).toBe(true);
  });

  it("sends one picture with the hole in it for everything else, without what was erased", async () => {
    const random = new Random(2);
    for (let round = 0; round < 8; round += 1) {
      const { board } = placed(random);
      board.erase(shapeOver(random, rectOf(FRAME)));
      const frame = frameOver(random, { x: -300, y: 20, width: 90, height: 90 }, [256]);
      if (survey(board, frame).nothing || survey(board, frame).known === 0) continue;
      const wish = edit(await plan(board, frame, "a fox", codec));
      expect(wish.mask).toBeUndefined();
      const sent = (await decoded(wish.image)).data;
      expect(board.cut(frame).data.every((value, at) => value === sent[at])).toBe(true);
      expect(wish.image.size).toBeLessThanOrEqual(MOST_BYTES);
    }
  });

  it("widens the hole that is sent, by what is to be mixed in", async () => {
    const { board, file } = placed();
    board.erase({ kind: "rect", x: -200, y: 120, width: 20, height: 20 });
    const holes = async (frame: Frame, overmask: number) => {
      const wish = edit(await plan(board, frame, "x", codec, overmask));
      const { data } = await decoded(wish.mask ?? wish.image);
      return Array.from({ length: 256 * 256 }, (_, place) => data[place * 4 + 3] === 0);
    };
    const near = (x: number, y: number) =>
      Math.hypot(Math.max(56 - x, x - 75, 0), Math.max(56 - y, y - 75, 0)) <= 8;
    const wanted = Array.from({ length: 256 * 256 }, (_, place) => near(place % 256, place >> 8));
    expect(await holes(FRAME, 8)).toEqual(wanted);
    expect(edit(await plan(board, FRAME, "x", codec, 8)).image).toBe(file);
    const [narrow, wide] = [await holes({ ...FRAME, x: -384 }, 0), await holes({ ...FRAME, x: -384 }, 8)];
    expect([narrow[127], narrow[128], wide[135], wide[136]]).toEqual([true, false, true, false]);
    // Five known columns: none would be left.
    expect((await holes({ ...FRAME, x: -507 }, 8)).indexOf(false)).toBe(251);
    await expect(plan(board, FRAME, "x", codec, 33)).rejects.toThrow("overmask");
  });

  it("shows and keeps new pixels in what is mixed in, with a server that gives back what it was sent", async () => {
    const { board } = placed();
    board.erase({ kind: "rect", x: -200, y: 120, width: 20, height: 20 });
    const before = board.cut(FRAME);
    const { mask } = edit(await plan(board, FRAME, "x", codec, 8));
    const result = { ...before, data: before.data.slice() };
    (await decoded(mask as Blob)).data.forEach((value, at) => {
      if (at % 4 === 3 && value === 0) result.data.set([255, 0, 255, 255], at - 3);
    });
    const changedIn = (made: Pixels, x: number, y: number) => {
      const at = (y * 256 + x) * 4;
      return made.data.subarray(at, at + 3).some((value, part) => value !== before.data[at + part]);
    };
    const made = board.composite(FRAME, result, 8);
    expect([60, 77, 83, 84, 90].map((x) => changedIn(made, x, 60))).toEqual([true, true, true, false, false]);
  });

  it("sends no file that was painted on, nor one that is too large", async () => {
    const { board } = placed();
    board.erase({ kind: "rect", x: -250, y: 70, width: 50, height: 50 });
    board.accept(FRAME, plain(256, [1, 2, 3, 255]), 0);
    board.erase({ kind: "rect", x: -250, y: 70, width: 9, height: 9 });
    expect(edit(await plan(board, FRAME, "x", codec)).mask).toBeUndefined();

    const heavy = new Board();
    heavy.place(plain(256, [1, 2, 3, 255]), 0, 0, new Blob([new Uint8Array(MOST_BYTES + 1)]));
    heavy.erase({ kind: "rect", x: 0, y: 0, width: 9, height: 9 });
    expect(edit(await plan(heavy, { x: 0, y: 0, side: 256 }, "x", codec)).mask).toBeUndefined();
  });

  it("has translucent pixels settled first", async () => {
    const { board } = placed();
    board.place(plain(10, [255, 255, 255, 100]), FRAME.x + 300, FRAME.y);
    const frame: Frame = { ...FRAME, side: 512 };
    expect(survey(board, frame).nothing).toBe("translucent");
    expect(await plan(board, frame, "x", codec)).toEqual({ nothing: "translucent", translucent: 100 });
    board.flatten(rectOf(frame));
    expect(survey(board, frame).nothing).toBeNull();
    board.undo();
    board.eraseTranslucent(rectOf(frame));
    expect(survey(board, frame).nothing).toBeNull();
  });

  it("says so when a picture is too heavy", async () => {
    const { board } = placed();
    const padding = { encode: async () => new Blob([new Uint8Array(MOST_BYTES + 1)]) };
    const made = await plan(board, { ...FRAME, x: FRAME.x + 64 }, "x", padding);
    expect(made).toEqual({ nothing: "too_heavy", bytes: MOST_BYTES + 1 });
  });
});
