import { describe, expect, it } from "vitest";
import { around, extended, fittingSide, frameFor, moved, pulled, resized } from "./frames";

const SQUARE = { x: 0, y: 0, width: 1024, height: 1024 };

describe("frames", () => {
  it("are as large as fits", () => {
    expect([10, 256, 511, 512, 1023, 1024, 5000].map(fittingSide)).toEqual([
      256, 256, 256, 512, 512, 1024, 1024,
    ]);
    expect(frameFor(SQUARE)).toEqual({ x: 0, y: 0, side: 1024 });
    expect(frameFor({ x: 0, y: 0, width: 800, height: 600 })).toEqual({ x: 144, y: 44, side: 512 });
    expect(frameFor({ x: 0, y: 0, width: 100, height: 50 })).toEqual({ x: -78, y: -103, side: 256 });
  });

  it("go three eighths over an edge", () => {
    const frame = { x: 0, y: 0, side: 1024 } as const;
    expect(extended(frame, SQUARE, "right")).toEqual({ x: 384, y: 0, side: 1024 });
    expect(extended(frame, SQUARE, "left")).toEqual({ x: -384, y: 0, side: 1024 });
    expect(extended(frame, SQUARE, "up")).toEqual({ x: 0, y: -384, side: 1024 });
    expect(extended(frame, SQUARE, "down")).toEqual({ x: 0, y: 384, side: 1024 });
  });

  it("are made smaller rather than hold little of the picture", () => {
    const wide = { x: 0, y: 0, width: 900, height: 300 };
    expect(extended({ x: 0, y: 0, side: 1024 }, wide, "right")).toEqual({ x: 740, y: 0, side: 256 });
    const small = { x: 0, y: 0, width: 256, height: 100 };
    expect(extended({ x: 0, y: 0, side: 512 }, small, "left")).toEqual({ x: -96, y: -78, side: 256 });
  });

  it("keep their place along the edge", () => {
    const content = { x: -100, y: 0, width: 2000, height: 2000 };
    expect(extended({ x: 300, y: 700, side: 512 }, content, "right")).toEqual({ x: 1580, y: 700, side: 512 });
    expect(extended({ x: 300, y: 9000, side: 512 }, content, "right").y).toBe(1488);
  });

  it("come to what is erased by the shortest way", () => {
    const frame = { x: 0, y: 0, side: 512 } as const;
    expect(around(frame, { x: 600, y: 10, width: 100, height: 100 })).toEqual({ x: 188, y: 0, side: 512 });
    expect(around(frame, { x: 10, y: 10, width: 100, height: 100 })).toEqual(frame);
    expect(around(frame, { x: 0, y: 0, width: 1000, height: 100 })).toEqual({ x: 244, y: 0, side: 512 });
  });

  it("change their size around the middle or from a corner", () => {
    expect(resized({ x: 0, y: 0, side: 1024 }, 512)).toEqual({ x: 256, y: 256, side: 512 });
    expect(pulled({ x: 0, y: 0, side: 256 }, "se", { x: 480, y: 200 })).toEqual({ x: 0, y: 0, side: 512 });
    expect(pulled({ x: 0, y: 0, side: 512 }, "nw", { x: -500, y: -490 })).toEqual({
      x: -512,
      y: -512,
      side: 1024,
    });
    expect(pulled({ x: 0, y: 0, side: 512 }, "ne", { x: -40, y: 900 }).side).toBe(256);
  });

  it("snap unless told not to", () => {
    expect(moved({ x: 0, y: 0, side: 256 }, 40, -40, false)).toEqual({ x: 64, y: -64, side: 256 });
    expect(moved({ x: 0, y: 0, side: 256 }, 40.4, -40, true)).toEqual({ x: 40, y: -40, side: 256 });
  });
});
