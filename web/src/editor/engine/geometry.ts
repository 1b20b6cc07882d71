/** Rectangles, frames and pixels. World coordinates are integers and may be negative; y grows downwards. */

export interface Point {
  x: number;
  y: number;
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Sides of the pictures the API makes. */
export const SIDES = [256, 512, 1024] as const;
export type Side = (typeof SIDES)[number];

/** The square that is sent, filled and brought back. */
export interface Frame {
  x: number;
  y: number;
  side: Side;
}

/** RGBA, straight alpha, row by row. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Frames snap to multiples of this. */
export const STEP = 64;

export function rectOf(frame: Frame): Rect {
  return { x: frame.x, y: frame.y, width: frame.side, height: frame.side };
}

export function isEmpty(rect: Rect): boolean {
  return rect.width <= 0 || rect.height <= 0;
}

/** What both have in common; null for nothing. */
export function intersect(one: Rect, other: Rect): Rect | null {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** The smallest rectangle that holds both. */
export function union(one: Rect | null, other: Rect | null): Rect | null {
  if (!one || isEmpty(one)) return other && !isEmpty(other) ? other : null;
  if (!other || isEmpty(other)) return one;
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

/** `rect` with `by` pixels more on every side. */
export function grown(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}

export function sameRect(one: Rect, other: Rect): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** The nearest multiple of `step`. */
export function snap(value: number, step: number = STEP): number {
  return Math.round(value / step) * step;
}

export function isSide(value: number): value is Side {
  return (SIDES as readonly number[]).includes(value);
}

export function emptyPixels(width: number, height: number): Pixels {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}
