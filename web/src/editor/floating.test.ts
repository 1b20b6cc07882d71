import { beforeEach, describe, expect, it } from "vitest";
import { step } from "./crosshair";
import { Desk } from "./desk";
import { Board } from "./engine/board";
import { noise, plain, Random, same } from "./engine/testing";
import { type Floating, float, grab, moveFloating, setDown, takeBack } from "./floating";

const ALL = { x: -300, y: -300, width: 900, height: 900 };
let desk: Desk;

beforeEach(() => {
  const board = new Board();
  board.place(noise(new Random(7), 256, 256), 0, 0);
  desk = new Desk("a", "", board, {
    frame: { x: 0, y: 0, side: 256 },
    prompt: "",
    n: 1,
    overmask: null,
    camera: null,
    from: null,
    ask: null,
    sent: null,
    floating: null,
  });
});

function another(x: number, y: number, side = 100): Floating {
  const file = new Blob(["the file"]);
  return { file, exact: file, pixels: plain(side, [1, 2, 3, 255]), x, y };
}

/** Whether the board changes in any bit while something is done. */
function changes(doing: () => void): boolean {
  const before = desk.board.read(ALL).data;
  doing();
  return !same(before, desk.board.read(ALL).data);
}

describe("a picture that floats", () => {
  it("changes nothing under it until it is set down, which is one step", () => {
    const before = desk.board.read(ALL).data;
    expect(
      changes(() => {
        float(desk, another(50, 60));
        moveFloating(desk, { x: 90 });
        step(desk, "ArrowUp", true);
        step(desk, "ArrowLeft", false);
      }),
    ).toBe(false);
    expect(desk.look.floating).toMatchObject({ x: 89, y: -4 });
    setDown(desk);
    const placed = { x: 89, y: -4, width: 100, height: 100 };
    expect(same(desk.board.read(placed).data, plain(100, [1, 2, 3, 255]).data)).toBe(true);
    expect(desk.board.source(placed)).not.toBeNull();
    expect(desk.look).toMatchObject({ floating: null, placed: "set_down" });
    desk.undo();
    expect(same(before, desk.board.read(ALL).data)).toBe(true);
    expect(desk.board.canRedo).toBe(true);
  });

  it("is taken back, by undo too, and leaves no step", () => {
    for (const back of [() => takeBack(desk), () => desk.undo()]) {
      expect(changes(() => float(desk, another(0, 0)))).toBe(false);
      expect(changes(back)).toBe(false);
      expect(desk.look).toMatchObject({ floating: null, placed: "taken_back" });
      expect(desk.board.canRedo).toBe(false);
    }
    desk.undo();
    expect(desk.board.bounds()).toBeNull();
  });

  it("is dragged on the frame's grid, or freely, and put back where it was", () => {
    float(desk, another(10, 20));
    const drag = () => desk.look.floating && grab(desk, desk.look.floating, { x: 30, y: 30 });
    const first = drag();
    first?.move([{ x: 70, y: 33 }], { alt: false });
    expect(desk.look.floating).toMatchObject({ x: 64, y: 0 });
    first?.move([{ x: 70.4, y: 33 }], { alt: true });
    expect(desk.look.floating).toMatchObject({ x: 50, y: 23 });
    expect(desk.look.busy).toBe(true);
    first?.cancel();
    expect(desk.look).toMatchObject({ busy: false, floating: { x: 10, y: 20 } });
    expect(desk.look.floating && grab(desk, desk.look.floating, { x: 9, y: 30 })).toBeNull();
    const second = drag();
    setDown(desk);
    second?.move([{ x: 300, y: 300 }], { alt: true });
    second?.end();
    expect(desk.look).toMatchObject({ busy: false, floating: null });
  });

  it("is set down when the next one comes", () => {
    float(desk, another(0, 0));
    expect(changes(() => float(desk, another(300, 0, 20)))).toBe(true);
    expect(desk.look.floating).toMatchObject({ x: 300 });
    expect(desk.board.canUndo).toBe(true);
  });

  it("floats on where it cannot be set down", () => {
    float(desk, another(9000, 0));
    expect(changes(() => expect(() => setDown(desk)).toThrow("more than 8192"))).toBe(false);
    expect(desk.look.floating).toMatchObject({ x: 9000 });
    expect(() => float(desk, another(0, 0))).toThrow("more than 8192");
    expect(desk.look.floating).toMatchObject({ x: 9000 });
  });

  it("locks the tools and is kept with the draft, as its file", () => {
    float(desk, another(5, 6));
    desk.setTool("lasso");
    expect([desk.locked, desk.look.tool]).toEqual([true, "erase"]);
    expect(desk.saved.floating).toEqual({ x: 5, y: 6, file: desk.look.floating?.file });
  });
});
