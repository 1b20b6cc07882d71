import { clamp, type Frame, intersect, type Rect, rectOf, SIDES, type Side, snap } from "./engine/geometry";

/** Where generation frames go. */

export const DIRECTIONS = ["left", "right", "up", "down"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The largest side that fits into so many pixels; the smallest there is where none does. */
export function fittingSide(pixels: number): Side {
  return [...SIDES].reverse().find((side) => side <= pixels) ?? SIDES[0];
}

/** A frame in the middle of a picture; exactly it where it is a square of one of the sides. */
export function frameFor(rect: Rect): Frame {
  const side = fittingSide(Math.min(rect.width, rect.height));
  return {
    x: rect.x + Math.round((rect.width - side) / 2),
    y: rect.y + Math.round((rect.height - side) / 2),
    side,
  };
}

/** Part of its side by which a frame goes beyond the picture: less than half, or what stands in the middle is cut in two. */
const BEYOND = 3 / 8;

/** The frame over an edge of what is there, so that it is extended to that side. */
export function extended(frame: Frame, content: Rect, to: Direction): Frame {
  const side = Math.min(frame.side, fittingSide(Math.min(content.width, content.height))) as Side;
  const right = content.x + content.width;
  const bottom = content.y + content.height;
  const along = (at: number, from: number, length: number) =>
    length < side ? from + Math.round((length - side) / 2) : clamp(at, from, from + length - side);
  const x = along(frame.x, content.x, content.width);
  const y = along(frame.y, content.y, content.height);
  const beyond = side * BEYOND;
  switch (to) {
    case "left":
      return { x: content.x - beyond, y, side };
    case "right":
      return { x: right + beyond - side, y, side };
    case "up":
      return { x, y: content.y - beyond, side };
    case "down":
      return { x, y: bottom + beyond - side, side };
  }
}

/** The frame with a rectangle in its middle, as little moved as will do. */
export function around(frame: Frame, rect: Rect): Frame {
  const place = (at: number, from: number, length: number) =>
    length > frame.side
      ? from + Math.round((length - frame.side) / 2)
      : clamp(at, from + length - frame.side, from);
  return {
    ...frame,
    x: place(frame.x, rect.x, rect.width),
    y: place(frame.y, rect.y, rect.height),
  };
}

/** Another side, the middle kept and on the grid. */
export function resized(frame: Frame, side: Side): Frame {
  const shift = (frame.side - side) / 2;
  return { x: Math.round(frame.x + shift), y: Math.round(frame.y + shift), side };
}

export type Corner = "nw" | "ne" | "sw" | "se";

/** Drag a corner: the opposite one stays, the side is the nearest there is. */
export function pulled(frame: Frame, corner: Corner, to: { x: number; y: number }): Frame {
  const right = frame.x + frame.side;
  const bottom = frame.y + frame.side;
  const wide = corner.endsWith("w") ? right - to.x : to.x - frame.x;
  const high = corner.startsWith("n") ? bottom - to.y : to.y - frame.y;
  const wanted = Math.max(wide, high);
  const side = SIDES.reduce((best, one) =>
    Math.abs(Math.log(one / Math.max(1, wanted))) < Math.abs(Math.log(best / Math.max(1, wanted)))
      ? one
      : best,
  );
  return {
    x: corner.endsWith("w") ? right - side : frame.x,
    y: corner.startsWith("n") ? bottom - side : frame.y,
    side,
  };
}

/** Moved by so many pixels; onto the grid unless `free`. */
export function moved(frame: Frame, dx: number, dy: number, free: boolean): Frame {
  return { ...frame, x: put(frame.x + dx, free), y: put(frame.y + dy, free) };
}

/** A whole coordinate; one of the grid's unless `free`. */
export function put(at: number, free: boolean): number {
  return free ? Math.round(at) : snap(at);
}

export function touches(frame: Frame, rect: Rect): boolean {
  return intersect(rectOf(frame), rect) !== null;
}
