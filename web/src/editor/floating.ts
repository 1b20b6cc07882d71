import { sees } from "./camera";
import type { Desk } from "./desk";
import { intersect, type Pixels, type Point, type Rect } from "./engine/geometry";
import { put } from "./frames";
import type { Gesture, Held } from "./gestures";
import type { Hanging } from "./saved";

/** A picture over the board: what lies under it stays as it is until it is set down. */
export interface Floating extends Hanging {
  pixels: Pixels;
  /** What the codec gave with the pixels, to be sent as it is. */
  exact: Blob | null;
}

export function rectOfFloating({ x, y, pixels }: Floating): Rect {
  return { x, y, width: pixels.width, height: pixels.height };
}

/** Let a picture float. One that floats already is set down. Throws EditorError document_too_large. */
export function float(desk: Desk, floating: Floating): void {
  setDown(desk);
  desk.change({ floating, placed: null, selection: null, crosshair: null });
  const { following, camera, stage } = desk.look;
  if (following || !sees(camera, rectOfFloating(floating), stage)) desk.showAll();
}

/** Make it part of the board, as one step. Throws EditorError document_too_large, and it floats on. */
export function setDown(desk: Desk): void {
  const { floating } = desk.look;
  if (!floating) return;
  desk.board.place(floating.pixels, floating.x, floating.y, floating.exact);
  desk.change({ floating: null, placed: "set_down" });
}

/** Away with it: the board is as if it had never come. */
export function takeBack(desk: Desk): void {
  if (desk.look.floating) desk.change({ floating: null, placed: "taken_back" });
}

/** Where it is now. */
export function moveFloating(desk: Desk, to: Partial<Point>): void {
  const { floating } = desk.look;
  if (floating) desk.change({ floating: { ...floating, ...to } });
}

/** Drags it, on the frame's grid unless Alt is held. */
export class FloatingDrag implements Gesture {
  readonly #before: Point;

  constructor(
    private readonly desk: Desk,
    { x, y }: Floating,
    private readonly at: Point,
  ) {
    this.#before = { x, y };
    desk.change({ busy: true });
  }

  move(points: readonly Point[], { alt }: Held): void {
    const to = points.at(-1);
    if (!to) return;
    const { x, y } = this.#before;
    moveFloating(this.desk, { x: put(x + to.x - this.at.x, alt), y: put(y + to.y - this.at.y, alt) });
  }

  end(): void {
    this.desk.change({ busy: false });
  }

  cancel(): void {
    moveFloating(this.desk, this.#before);
    this.desk.change({ busy: false });
  }
}

/** Take hold of it at a point; null beside it. */
export function grab(desk: Desk, floating: Floating, at: Point): FloatingDrag | null {
  const on = intersect(rectOfFloating(floating), { ...at, width: 1e-6, height: 1e-6 });
  return on && new FloatingDrag(desk, floating, at);
}
