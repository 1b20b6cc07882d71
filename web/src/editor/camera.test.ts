import { describe, expect, it } from "vitest";
import {
  type Camera,
  fitted,
  LEAST_ZOOM,
  MOST_ZOOM,
  panBy,
  sees,
  toPicture,
  toScreen,
  wheelFactor,
  zoomAt,
} from "./camera";

const CAMERA: Camera = { x: -40, y: 12.5, zoom: 0.75 };
const wheel = (deltaY: number, deltaMode = 0, ctrlKey = false) => ({ deltaY, deltaMode, ctrlKey });

describe("camera", () => {
  it("goes to the screen and back", () => {
    const there = toScreen(CAMERA, { x: 100, y: -7 });
    expect(toPicture(CAMERA, there).x).toBeCloseTo(100, 9);
    expect(toPicture(CAMERA, there).y).toBeCloseTo(-7, 9);
  });

  it.each([0.1, 0.9, 1.3, 12])("keeps the pixel under the pointer: × %f", (factor) => {
    const at = { x: 333, y: 41 };
    const before = toPicture(CAMERA, at);
    const after = toPicture(zoomAt(CAMERA, at, factor), at);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
  });

  it("stays between 5 % and 3200 %", () => {
    expect(zoomAt(CAMERA, { x: 0, y: 0 }, 1e-9).zoom).toBe(LEAST_ZOOM);
    expect(zoomAt(CAMERA, { x: 0, y: 0 }, 1e9).zoom).toBe(MOST_ZOOM);
  });

  it("pans by screen pixels", () => {
    expect(panBy(CAMERA, 75, -75)).toEqual({ x: -140, y: 112.5, zoom: 0.75 });
  });

  it("zooms by the amount turned, not by the number of events", () => {
    const once = wheelFactor(wheel(120));
    const often = Array.from({ length: 12 }, () => wheelFactor(wheel(10))).reduce((a, b) => a * b);
    expect(often).toBeCloseTo(once, 9);
    expect(wheelFactor(wheel(-120)) * once).toBeCloseTo(1, 9);
    expect(once).toBeLessThan(1);
    expect(wheelFactor(wheel(3, 1))).toBeCloseTo(wheelFactor(wheel(99)), 9);
  });

  it("fits with a margin, and enlarges nothing", () => {
    const camera = fitted({ x: 0, y: 0, width: 1024, height: 512 }, { width: 612, height: 600 }, 50);
    expect(camera.zoom).toBe(0.5);
    expect(toScreen(camera, { x: 512, y: 256 })).toEqual({ x: 306, y: 300 });
    expect(fitted({ x: 0, y: 0, width: 10, height: 10 }, { width: 600, height: 600 }, 50).zoom).toBe(1);
  });

  it("knows what is in sight", () => {
    const stage = { width: 100, height: 100 };
    const camera = { x: 0, y: 0, zoom: 1 };
    expect(sees(camera, { x: 0, y: 0, width: 100, height: 100 }, stage)).toBe(true);
    expect(sees(camera, { x: -1, y: 0, width: 100, height: 100 }, stage)).toBe(false);
  });
});
