import type { Desk } from "./desk";
import { type Frame, intersect, type Point, type Rect, rectOf } from "./engine/geometry";
import type { Shape } from "./engine/shapes";
import { grab } from "./floating";
import { type Corner, moved, pulled } from "./frames";
import type { Tool } from "./keymap";

/** A line of smaller circles would miss the middle of some pixels. */
const SMALLEST_RADIUS = 0.75;

/** What a pressed pointer does until it is let go. Points are the picture's pixels. */
export interface Gesture {
  move(points: readonly Point[], held: Held): void;
  end(): void;
  /** As if it had never begun. */
  cancel(): void;
}

export interface Held {
  /** Alt: frame and picture leave the grid. */
  alt: boolean;
}

/** Screen pixels around a corner of the frame that take hold of it. */
const GRIP = 22;

/** Erase for restore and the other way round. */
export function opposite(tool: Tool): Tool {
  return tool === "erase" ? "restore" : tool === "restore" ? "erase" : tool;
}

/** Begin what a tool does at a point; null where it does nothing. `other`: restore in place of erase. */
export function begin(desk: Desk, tool: Tool, at: Point, other: boolean): Gesture | null {
  const { floating } = desk.look;
  if (floating) return grab(desk, floating, at);
  switch (tool) {
    case "erase":
    case "restore":
      return new Stroke(desk, at, (tool === "restore") !== other);
    case "rectangle":
      return new RectangleDrag(desk, at, other);
    case "lasso":
      return new LassoDrag(desk, at, other);
    case "frame":
      return new FrameDrag(desk, at);
    case "hand":
      return null;
  }
}

/** Erase or restore under a shape. */
export function apply(desk: Desk, shape: Shape, restores: boolean): void {
  if (restores) desk.board.restore(shape);
  else desk.board.erase(shape);
}

/** The brush at one place, or drawn from one to another. */
export function brushShape(desk: Desk, from: Point, to: Point): Shape {
  // A brush of a pixel erases the one it is over, wherever in it the pointer stands.
  const radius = Math.max(desk.look.brush / 2, SMALLEST_RADIUS);
  const put = ({ x, y }: Point) =>
    radius < 1 ? { x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 } : { x, y };
  return { kind: "capsule", from: put(from), to: put(to), radius };
}

/** The whole pixels between two corners; null for none. */
export function rectangleShape(from: Point, to: Point): ({ kind: "rect" } & Rect) | null {
  const x = Math.round(Math.min(from.x, to.x));
  const y = Math.round(Math.min(from.y, to.y));
  const width = Math.round(Math.max(from.x, to.x)) - x;
  const height = Math.round(Math.max(from.y, to.y)) - y;
  return width > 0 && height > 0 ? { kind: "rect", x, y, width, height } : null;
}

class Stroke implements Gesture {
  #last: Point;

  constructor(
    private readonly desk: Desk,
    at: Point,
    private readonly restores: boolean,
  ) {
    this.#last = at;
    desk.change({ busy: true });
    desk.board.beginStroke();
    apply(desk, brushShape(desk, at, at), restores);
  }

  move(points: readonly Point[]): void {
    for (const point of points) {
      apply(this.desk, brushShape(this.desk, this.#last, point), this.restores);
      this.#last = point;
    }
  }

  end(): void {
    this.desk.board.endStroke();
    this.desk.change({ busy: false });
  }

  cancel(): void {
    this.desk.board.cancelStroke();
    this.desk.change({ busy: false });
  }
}

class RectangleDrag implements Gesture {
  #to: Point;

  constructor(
    private readonly desk: Desk,
    private readonly from: Point,
    private readonly restores: boolean,
  ) {
    this.#to = from;
    desk.change({ busy: true });
  }

  move(points: readonly Point[]): void {
    this.#to = points.at(-1) ?? this.#to;
    this.desk.change({ selection: { kind: "rectangle", from: this.from, to: this.#to } });
  }

  end(): void {
    const shape = rectangleShape(this.from, this.#to);
    if (shape) apply(this.desk, shape, this.restores);
    this.cancel();
  }

  cancel(): void {
    this.desk.change({ busy: false, selection: null });
  }
}

class LassoDrag implements Gesture {
  readonly #points: Point[];

  constructor(
    private readonly desk: Desk,
    at: Point,
    private readonly restores: boolean,
  ) {
    this.#points = [at];
    desk.change({ busy: true });
  }

  move(points: readonly Point[]): void {
    this.#points.push(...points); // the selection around it is new, which is what counts
    this.desk.change({ selection: { kind: "lasso", points: this.#points } });
  }

  end(): void {
    if (this.#points.length > 2) {
      apply(this.desk, { kind: "polygon", points: this.#points }, this.restores);
    }
    this.cancel();
  }

  cancel(): void {
    this.desk.change({ busy: false, selection: null });
  }
}

class FrameDrag implements Gesture {
  readonly #before: Frame;
  readonly #held: Frame;
  readonly #corner: Corner | null;

  constructor(
    private readonly desk: Desk,
    private readonly at: Point,
  ) {
    const { frame, camera } = desk.look;
    this.#before = frame;
    this.#corner = cornerAt(frame, at, GRIP / camera.zoom);
    const inside = intersect(rectOf(frame), { ...at, width: 1e-6, height: 1e-6 });
    // Pressed beside it, the frame comes to the pointer.
    this.#held =
      this.#corner || inside
        ? frame
        : moved({ ...frame, x: at.x - frame.side / 2, y: at.y - frame.side / 2 }, 0, 0, false);
    desk.change({ busy: true, frame: this.#held });
  }

  move(points: readonly Point[], held: Held): void {
    const to = points.at(-1);
    if (!to) return;
    const frame = this.#corner
      ? pulled(this.#held, this.#corner, to)
      : moved(this.#held, to.x - this.at.x, to.y - this.at.y, held.alt);
    this.desk.change({ frame });
  }

  end(): void {
    this.desk.change({ busy: false });
    const { x, y, side } = this.desk.look.frame;
    const before = this.#before;
    if (x !== before.x || y !== before.y || side !== before.side) this.desk.recordFrame(before);
  }

  cancel(): void {
    this.desk.change({ busy: false, frame: this.#before });
  }
}

/** The corner of a frame that a point takes hold of. */
export function cornerAt(frame: Frame, at: Point, grip: number): Corner | null {
  const near = (one: number, other: number) => Math.abs(one - other) <= grip;
  const side = near(at.x, frame.x) ? "w" : near(at.x, frame.x + frame.side) ? "e" : null;
  const end = near(at.y, frame.y) ? "n" : near(at.y, frame.y + frame.side) ? "s" : null;
  return side && end ? `${end}${side}` : null;
}
