/** What the engine's tests share; nothing of the app imports it. */

import { vi } from "vitest";
import { EditorError } from "./errors";
import { emptyPixels, type Frame, type Pixels, type Rect, SIDES } from "./geometry";
import { readPng, writePng } from "./png";
import type { Shape } from "./shapes";

/** Milliseconds for what takes a second or two, on a loaded machine. */
vi.setConfig({ testTimeout: 60_000 });

/** The real codec without its worker. */
export const codec = {
  encode: async (pixels: Pixels) => new Blob([writePng(pixels)], { type: "image/png" }),
  decode: async (file: Blob) => {
    const pixels = await readPng(new Uint8Array(await file.arrayBuffer()));
    if (!pixels) throw new EditorError("broken_image");
    return { pixels, file, opaque: false, translucent: 0 };
  },
};

/** The same numbers for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A fraction in least … most. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number, least and most included. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.whole(0, choices.length - 1)] as T;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }
}

/** Noise; `opaque` in every pixel, or else with holes and translucent pixels too. */
export function noise(random: Random, width: number, height: number, opaque = true): Pixels {
  const pixels = emptyPixels(width, height);
  for (let at = 0; at < pixels.data.length; at += 4) {
    for (let part = 0; part < 3; part += 1) pixels.data[at + part] = random.whole(0, 255);
    pixels.data[at + 3] = opaque || random.chance(0.6) ? 255 : random.pick([0, 1, 128, 254]);
  }
  return pixels;
}

export function plain(side: number, colour: readonly [number, number, number, number]): Pixels {
  const pixels = emptyPixels(side, side);
  const [word] = new Uint32Array(Uint8Array.from(colour).buffer);
  new Uint32Array(pixels.data.buffer).fill(word as number);
  return pixels;
}

/** Whether two arrays hold the same bytes; all here are multiples of four long. */
export function same(one: ArrayBufferView, other: ArrayBufferView): boolean {
  const [left, right] = [new Uint32Array(one.buffer), new Uint32Array(other.buffer)];
  return left.length === right.length && left.every((word, at) => word === right[at]);
}
/** A shape somewhere over `area`, whole and half coordinates among them, where rounding could go either way. */
export function shapeOver(random: Random, area: Rect): Shape {
  const coordinate = (from: number, length: number) => {
    const exact = random.between(from - length / 4, from + (length * 5) / 4);
    return random.chance(0.3) ? Math.round(exact * 2) / 2 : exact;
  };
  const point = () => ({ x: coordinate(area.x, area.width), y: coordinate(area.y, area.height) });
  const most = Math.min(area.width, area.height) / 3;
  switch (random.pick(["capsule", "capsule", "rect", "polygon"] as const)) {
    case "capsule": {
      const from = point();
      const to = random.chance(0.2) ? from : random.chance(0.2) ? { ...point(), y: from.y } : point();
      return {
        kind: "capsule",
        from,
        to,
        radius: random.chance(0.3) ? random.whole(0, most) : random.between(0.3, most),
      };
    }
    case "rect": {
      const [one, other] = [point(), point()];
      return { kind: "rect", ...one, width: other.x - one.x, height: other.y - one.y };
    }
    case "polygon":
      return { kind: "polygon", points: Array.from({ length: random.whole(0, 9) }, point) };
  }
}

export function frameOver(random: Random, area: Rect, sides: readonly Frame["side"][] = SIDES): Frame {
  const side = random.pick(sides);
  return {
    x: random.whole(area.x - side, area.x + area.width),
    y: random.whole(area.y - side, area.y + area.height),
    side,
  };
}

/** Whether a shape covers the pixel with this corner: straight from its definition, pixel by pixel. */
export function covers(shape: Shape, x: number, y: number): boolean {
  const [cx, cy] = [x + 0.5, y + 0.5];
  if (shape.kind === "rect") {
    const [left, right] = [shape.x, shape.x + shape.width].sort((one, other) => one - other) as [
      number,
      number,
    ];
    const [top, bottom] = [shape.y, shape.y + shape.height].sort((one, other) => one - other) as [
      number,
      number,
    ];
    return left <= cx && cx < right && top <= cy && cy < bottom;
  }
  if (shape.kind === "capsule") {
    const { from, to, radius } = shape;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy;
    const along = length > 0 ? ((cx - from.x) * dx + (cy - from.y) * dy) / length : 0;
    const t = Math.min(1, Math.max(0, along));
    const [ex, ey] = [cx - from.x - t * dx, cy - from.y - t * dy];
    return ex * ex + ey * ey <= radius * radius;
  }
  let winding = 0;
  shape.points.forEach((point, index) => {
    const before = shape.points.at(index - 1) as typeof point;
    if (before.y <= cy === point.y <= cy) return;
    const crossing = before.x + ((cy - before.y) * (point.x - before.x)) / (point.y - before.y);
    if (crossing <= cx) winding += before.y <= cy ? 1 : -1;
  });
  return winding !== 0;
}
