import { intersect, type Point, type Rect } from "./geometry";

/**
 * What an area is erased or restored by. A pixel belongs to it when its centre (x + ½, y + ½) does: edges are hard.
 * Coordinates may be fractions and may lie anywhere; widths and heights may be negative.
 */
export type Shape =
  | Capsule
  | ({ kind: "rect" } & Rect)
  /** Closed by itself; where its line crosses itself, everything that is gone round is inside. */
  | { kind: "polygon"; points: readonly Point[] };

export interface Capsule {
  kind: "capsule";
  from: Point;
  to: Point;
  radius: number;
}

type Span = (y: number, start: number, end: number) => void;

/** Calls `span(y, start, end)` for every run of pixels start ≤ x < end of the shape that lies within `clip`. */
export function spansOf(shape: Shape, clip: Rect, span: Span): void {
  const bounds = boundsOf(shape);
  const area = bounds && intersect(bounds, clip);
  if (!area) return;
  const clipped: Span = (y, start, end) => {
    const first = Math.max(start, area.x);
    const last = Math.min(end, area.x + area.width);
    if (first < last) span(y, first, last);
  };
  if (shape.kind === "capsule") capsule(shape, area, clipped);
  else if (shape.kind === "polygon") polygon(shape.points, area, clipped);
  else for (let y = area.y; y < area.y + area.height; y += 1) span(y, area.x, area.x + area.width);
}

/** The whole pixels around a shape whose centres can belong to it; null for none. Throws RangeError for NaN. */
export function boundsOf(shape: Shape): Rect | null {
  const [left, top, right, bottom] = edges(shape);
  if (![left, top, right, bottom].every(Number.isFinite)) {
    if (shape.kind === "polygon" && shape.points.length === 0) return null;
    throw new RangeError(`A ${shape.kind} needs finite coordinates.`);
  }
  const x = Math.ceil(left - 0.5);
  const y = Math.ceil(top - 0.5);
  const closed = shape.kind === "capsule";
  const width = (closed ? Math.floor(right - 0.5) + 1 : Math.ceil(right - 0.5)) - x;
  const height = (closed ? Math.floor(bottom - 0.5) + 1 : Math.ceil(bottom - 0.5)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Left, top, right, bottom, not rounded. */
function edges(shape: Shape): [number, number, number, number] {
  if (shape.kind === "rect") {
    const { x, y, width, height } = shape;
    return [Math.min(x, x + width), Math.min(y, y + height), Math.max(x, x + width), Math.max(y, y + height)];
  }
  const points = shape.kind === "capsule" ? [shape.from, shape.to] : shape.points;
  const around = shape.kind === "capsule" ? shape.radius : 0;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return [left - around, top - around, right + around, bottom + around];
}

/**
 * A capsule is convex: one span a row, between the outermost of the two discs' chords and the two long sides. Rounding may
 * put an end one pixel off, so that both ends are settled by the distance itself.
 */
function capsule({ from, to, radius }: Capsule, area: Rect, span: Span): void {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = dx * dx + dy * dy;
  const reach = radius * radius;
  const scale = squared > 0 ? radius / Math.sqrt(squared) : 0;
  const within = (x: number, cy: number): boolean => {
    const px = x + 0.5 - from.x;
    const py = cy - from.y;
    const t = squared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squared)) : 0;
    const ex = px - t * dx;
    const ey = py - t * dy;
    return ex * ex + ey * ey <= reach;
  };
  for (let y = area.y; y < area.y + area.height; y += 1) {
    const cy = y + 0.5;
    let left = Infinity;
    let right = -Infinity;
    for (const end of [from, to]) {
      const half = reach - (cy - end.y) * (cy - end.y);
      if (half < 0) continue;
      const chord = Math.sqrt(half);
      left = Math.min(left, end.x - chord);
      right = Math.max(right, end.x + chord);
    }
    if (dy !== 0) {
      for (const side of [scale, -scale]) {
        const t = (cy - from.y - side * dx) / dy;
        if (t < 0 || t > 1) continue;
        const x = from.x - side * dy + t * dx;
        left = Math.min(left, x);
        right = Math.max(right, x);
      }
    }
    if (left > right) continue;
    let start = Math.ceil(left - 0.5);
    let end = Math.floor(right - 0.5) + 1;
    while (start < end && !within(start, cy)) start += 1;
    while (start < end && !within(end - 1, cy)) end -= 1;
    while (within(start - 1, cy)) start -= 1;
    while (within(end, cy)) end += 1;
    if (start < end) span(y, start, end);
  }
}

/** Non-zero winding, left edges inside and right ones outside, so that neighbours neither overlap nor leave gaps. */
function polygon(points: readonly Point[], area: Rect, span: Span): void {
  for (let y = area.y; y < area.y + area.height; y += 1) {
    const cy = y + 0.5;
    const crossings: { x: number; turn: number }[] = [];
    let before = points[points.length - 1];
    for (const point of points) {
      if (before && before.y <= cy !== point.y <= cy) {
        const x = before.x + ((cy - before.y) * (point.x - before.x)) / (point.y - before.y);
        crossings.push({ x, turn: before.y <= cy ? 1 : -1 });
      }
      before = point;
    }
    crossings.sort((one, other) => one.x - other.x);
    let winding = 0;
    let start = 0;
    for (const { x, turn } of crossings) {
      if (winding === 0) start = Math.ceil(x - 0.5);
      winding += turn;
      const end = Math.ceil(x - 0.5);
      if (winding === 0 && start < end) span(y, start, end);
    }
  }
}
