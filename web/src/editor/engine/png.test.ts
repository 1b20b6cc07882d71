import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { EditorError } from "./errors";
import type { Pixels } from "./geometry";
import { isPng, readPng, writePng } from "./png";
import { noise, Random, same } from "./testing";

type Bytes = Uint8Array<ArrayBuffer>;

interface Kind {
  colour: 0 | 2 | 3 | 4 | 6;
  depth: 1 | 2 | 4 | 8 | 16;
  interlaced?: boolean;
  clear?: boolean;
}

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const KINDS: Kind[] = [
  ...([1, 2, 4, 8] as const).flatMap((depth) => [
    { colour: 0 as const, depth },
    { colour: 0 as const, depth, clear: true },
    { colour: 3 as const, depth },
    { colour: 3 as const, depth, clear: true },
  ]),
  ...([0, 2, 4, 6] as const).map((colour) => ({ colour, depth: 16 as const })),
  ...([2, 4, 6] as const).map((colour) => ({ colour, depth: 8 as const })),
  { colour: 2, depth: 8, clear: true },
  ...([0, 2, 3, 4, 6] as const).map((colour) => ({ colour, depth: 8 as const, interlaced: true })),
  { colour: 6, depth: 16, interlaced: true },
];

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}

function chunk(type: string, data: ArrayLike<number>): Bytes {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function header(width: number, height: number, { colour, depth, interlaced = false }: Kind): Bytes {
  const data = new Uint8Array(13);
  new DataView(data.buffer).setUint32(0, width);
  new DataView(data.buffer).setUint32(4, height);
  data.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  return chunk("IHDR", data);
}

function joined(parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const file = (...chunks: Uint8Array[]) =>
  joined([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...chunks]);
const END = chunk("IEND", []);

/** A PNG of any kind with random samples, every row with a random filter, and what it looks like. */
function drawn(random: Random, width: number, height: number, kind: Kind): { bytes: Bytes; pixels: Pixels } {
  const { colour, depth } = kind;
  const channels = CHANNELS[colour];
  const most = 2 ** depth - 1;
  const palette = Array.from({ length: Math.min(256, most + 1) }, () =>
    [0, 0, 0].map(() => random.whole(0, 255)),
  );
  const alphas = palette.slice(0, random.whole(1, palette.length)).map(() => random.whole(0, 255));
  const samples = Array.from({ length: width * height * channels }, () => random.whole(0, most));
  const clear = kind.clear ? samples.slice(0, channels) : null;
  const pixels: Pixels = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const eight = (sample: number) => (depth === 16 ? sample >> 8 : Math.round((sample * 255) / most));
  for (let at = 0; at < width * height; at += 1) {
    const own = samples.slice(at * channels, (at + 1) * channels);
    const index = own[0] as number;
    const grey = [index, index, index];
    if (colour === 3)
      pixels.data.set([...(palette[index] as number[]), clear ? (alphas[index] ?? 255) : 255], at * 4);
    else {
      const alpha =
        colour >= 4 ? eight(own.at(-1) as number) : clear?.every((one, part) => one === own[part]) ? 0 : 255;
      pixels.data.set([...(colour & 2 ? own.slice(0, 3) : grey).map(eight), alpha], at * 4);
    }
  }
  const passes = kind.interlaced ? PASSES : ([[0, 0, 1, 1]] as const);
  const raw = passes.flatMap(([left, top, across, down]) => {
    const rows: number[][] = [];
    for (let y = top; y < height; y += down) {
      const row: number[] = [];
      for (let x = left; x < width; x += across) {
        row.push(...samples.slice((y * width + x) * channels, (y * width + x + 1) * channels));
      }
      if (row.length) rows.push(packed(row, depth));
    }
    return filtered(random, rows, Math.max(1, (channels * depth) / 8));
  });
  const data = zlibSync(Uint8Array.from(raw));
  const cut = random.whole(0, data.length);
  const sixteen = (clear ?? []).flatMap((sample) => [sample >> 8, sample & 255]);
  const bytes = file(
    header(width, height, kind),
    chunk("tEXt", [1, 2, 3]),
    ...(colour === 3 || random.chance(0.2) ? [chunk("PLTE", palette.flat())] : []),
    ...(clear ? [chunk("tRNS", colour === 3 ? alphas : sixteen)] : []),
    chunk("IDAT", data.subarray(0, cut)),
    chunk("IDAT", data.subarray(cut)),
    END,
  );
  return { bytes, pixels };
}

function packed(row: number[], depth: number): number[] {
  if (depth === 16) return row.flatMap((sample) => [sample >> 8, sample & 255]);
  const bytes = Array<number>(Math.ceil((row.length * depth) / 8)).fill(0);
  row.forEach((sample, at) => {
    const bit = at * depth;
    bytes[bit >> 3] = (bytes[bit >> 3] as number) | (sample << (8 - depth - (bit & 7)));
  });
  return bytes;
}

function filtered(random: Random, rows: number[][], step: number): number[] {
  return rows.flatMap((row, y) => {
    const filter = random.whole(0, 4);
    const above = rows[y - 1] ?? [];
    const coded = row.map((byte, x) => {
      const [a, b, c] = [row[x - step] ?? 0, above[x] ?? 0, above[x - step] ?? 0];
      const p = a + b - c;
      const near = [a, b, c].reduce((best, one) => (Math.abs(p - one) < Math.abs(p - best) ? one : best), a);
      const guess = [0, a, b, (a + b) >> 1, near][filter] as number;
      return (byte - guess) & 255;
    });
    return [filter, ...coded];
  });
}

/** What reading comes to: pixels, null, or the fault. */
async function outcome(bytes: Bytes): Promise<Pixels | null | string> {
  try {
    return await readPng(bytes);
  } catch (error) {
    if (error instanceof EditorError) return error.fault;
    throw error;
  }
}

describe("PNG", () => {
  it.each(KINDS)("reads %o to the bit", async (kind) => {
    const random = new Random(kind.colour * 100 + kind.depth);
    for (let round = 0; round < 12; round += 1) {
      const { bytes, pixels } = drawn(random, random.whole(1, 19), random.whole(1, 19), kind);
      expect(await readPng(bytes)).toEqual(pixels);
    }
  });

  it("writes what it reads again, colours under every alpha", async () => {
    const random = new Random(6);
    for (const [width, height] of [
      [1, 1],
      [7, 300],
      [256, 256],
    ] as const) {
      const pixels = noise(random, width, height, false);
      const bytes = writePng(pixels);
      const there = await readPng(bytes);
      expect([isPng(bytes), there?.width, there?.height]).toEqual([true, width, height]);
      expect(there && same(there.data, pixels.data)).toBe(true);
    }
  });

  it("writes no square picture of the API's sizes larger than the API takes", () => {
    const pixels = noise(new Random(7), 1024, 1024);
    expect(writePng(pixels).length).toBeLessThan(4_000_000);
  });

  it("leaves to the browser what only that can know", async () => {
    const random = new Random(8);
    const { bytes } = drawn(random, 9, 9, { colour: 6, depth: 8 });
    const [before, after] = [bytes.subarray(0, 33), bytes.subarray(33)];
    for (const type of ["iCCP", "cICP", "eXIf", "acTL"]) {
      expect(await outcome(joined([before, chunk(type, [1, 2, 3]), after]))).toBeNull();
    }
    expect(await outcome(joined([before, chunk("caBX", [1, 2, 3]), after]))).not.toBeNull();
    expect(await outcome(drawn(random, 9, 9, { colour: 3, depth: 4, interlaced: true }).bytes)).toBeNull();
    expect(await outcome(drawn(random, 9, 9, { colour: 2, depth: 16, clear: true }).bytes)).toBeNull();
    expect(
      await outcome(file(header(5000, 5000, { colour: 0, depth: 1 }), chunk("IDAT", []), END)),
    ).toBeNull();
  });

  it("believes the first header only, and reads no endless row of chunks", async () => {
    const { bytes } = drawn(new Random(10), 9, 9, { colour: 6, depth: 8 });
    const [before, after] = [bytes.subarray(0, 33), bytes.subarray(33)];
    const second = header(20_000, 20_000, { colour: 6, depth: 16 });
    expect(await outcome(joined([before, second, after]))).toBe("broken_image");
    const many = Array<Uint8Array>(70_000).fill(chunk("IDAT", []));
    expect(await outcome(joined([before, ...many, after]))).toBeNull();
  });

  it("unpacks no more than the picture needs", async () => {
    const bomb = zlibSync(new Uint8Array(200_000_000), { level: 9 });
    const start = performance.now();
    expect(await outcome(file(header(8, 8, { colour: 6, depth: 8 }), chunk("IDAT", bomb), END))).toBeNull();
    const unpacked = performance.now() - start;
    expect(unpacked).toBeLessThan(1000);
  });

  it("gives pixels, leaves it to the browser or says that it is broken, whatever is done to a file", async () => {
    const random = new Random(9);
    const counts = new Map<string, number>();
    for (let round = 0; round < 2000; round += 1) {
      const { bytes } = drawn(random, random.whole(1, 12), random.whole(1, 12), random.pick(KINDS));
      const hurt = random.chance(0.2) ? bytes.slice(0, random.whole(0, bytes.length)) : bytes.slice();
      for (let flip = random.whole(1, 4); flip > 0 && hurt.length; flip -= 1) {
        hurt[random.whole(0, hurt.length - 1)] = random.whole(0, 255);
      }
      if (random.chance(0.5)) mendChecksums(hurt);
      const came = await outcome(hurt);
      const what = typeof came === "string" || came === null ? String(came) : "pixels";
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["broken_image", "null", "pixels"]);
  });
});

/** So that the damage gets past them. */
function mendChecksums(bytes: Bytes): void {
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) return;
    view.setUint32(end, crc(bytes.subarray(at + 4, end)));
    at = end + 4;
  }
}
