import type { Point, Rect } from "./engine/geometry";

/** Where the stage looks: pure functions between the picture's pixels and the screen's. */

export interface Extent {
  width: number;
  height: number;
}

/** The picture's pixel at the stage's upper left corner, and screen pixels (CSS) for each of the picture's. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

export const LEAST_ZOOM = 0.05;
export const MOST_ZOOM = 32;
/** One notch of a wheel (100 units) is a fifth; a trackpad's many small deltas add up to the same. */
const WHEEL_SPEED = Math.log(1.2) / 100;
const LINE = 33;
const PAGE = 400;

export function clampZoom(zoom: number): number {
  return Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));
}

export function toPicture(camera: Camera, at: Point): Point {
  return { x: camera.x + at.x / camera.zoom, y: camera.y + at.y / camera.zoom };
}

export function toScreen(camera: Camera, at: Point): Point {
  return { x: (at.x - camera.x) * camera.zoom, y: (at.y - camera.y) * camera.zoom };
}

/** Zoom so that the pixel under `at` (on the stage) stays where it is. */
export function zoomAt(camera: Camera, at: Point, factor: number): Camera {
  const zoom = clampZoom(camera.zoom * factor);
  const held = toPicture(camera, at);
  return { x: held.x - at.x / zoom, y: held.y - at.y / zoom, zoom };
}

/** Move the picture by so many screen pixels. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom };
}

/** How much one wheel event zooms: exponential in its delta, so that it is continuous and can be undone. */
export function wheelFactor(event: Pick<WheelEvent, "deltaY" | "deltaMode" | "ctrlKey">): number {
  const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? PAGE : 1;
  // A pinch on a trackpad arrives as Ctrl+wheel with deltas a tenth the size.
  const pinch = event.ctrlKey && event.deltaMode === 0 && Math.abs(event.deltaY) < 50 ? 5 : 1;
  return Math.exp(-event.deltaY * unit * pinch * WHEEL_SPEED);
}

/** The whole rectangle in the middle of the stage, never enlarged beyond its own pixels. */
export function fitted(rect: Rect, stage: Extent, margin: number): Camera {
  const room = (side: number) => Math.max(side - 2 * margin, side / 2);
  const zoom = clampZoom(Math.min(room(stage.width) / rect.width, room(stage.height) / rect.height, 1));
  return centred(rect, stage, zoom);
}

/** The same middle at another zoom, to the nearest pixel of the screen: at 100 % all are sharp. */
export function centred(rect: Rect, stage: Extent, zoom: number): Camera {
  const corner = (at: number, length: number, room: number) =>
    Math.round((at + length / 2) * zoom - room / 2) / zoom;
  return {
    x: corner(rect.x, rect.width, stage.width),
    y: corner(rect.y, rect.height, stage.height),
    zoom,
  };
}

/** True when the whole rectangle is in sight. */
export function sees(camera: Camera, rect: Rect, stage: Extent): boolean {
  const from = toScreen(camera, rect);
  const to = toScreen(camera, { x: rect.x + rect.width, y: rect.y + rect.height });
  return from.x >= 0 && from.y >= 0 && to.x <= stage.width && to.y <= stage.height;
}
