import { type DecodedPng, decode, encode } from "fast-png";
import { EditorError } from "./errors";
import type { Pixels } from "./geometry";

/** Larger ones are left to the browser: here everything is in memory several times. */
export const MOST_PNG_PIXELS = 16 * 1024 * 1024;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of a picture of 16 megapixels in pieces of 4 kB; more are left to the browser. */
const MOST_CHUNKS = 65_536;
const PALETTE = 3;
const ALPHA = 4;
/** What changes their looks: colour profiles, orientation, more than one picture. The browser knows about these. */
const CHANGING = new Set(["iCCP", "cICP", "eXIf", "acTL"]);
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Header {
  width: number;
  height: number;
  depth: number;
  colour: number;
  interlaced: boolean;
}

interface Chunk {
  type: string;
  /** With length, type and checksum. */
  whole: Uint8Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((one, at) => bytes[at] === one);
}

/**
 * The pixels of a PNG, to the bit, as the server sees them: of 16-bit samples the high byte, no colour management. Null for
 * files that are better left to the browser. Throws EditorError broken_image.
 */
export async function readPng(bytes: Uint8Array<ArrayBuffer>): Promise<Pixels | null> {
  const chunks = chunksOf(bytes);
  if (!chunks) return null;
  const header = headerOf(chunks);
  if (!isOurs(chunks, header)) return null;
  const packed = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  // More than the picture needs would be unpacked without end.
  if (!(await unpacksTo(packed, rawLength(header)))) return null;
  try {
    const parts = chunks.filter(({ type }) => isNeeded(type, header.colour));
    const file = new Blob([Uint8Array.from(SIGNATURE), ...parts.map(({ whole }) => whole)]);
    return toRgba(decode(await file.arrayBuffer(), { checkCrc: true }), header.colour);
  } catch (error) {
    throw new EditorError("broken_image", "The PNG cannot be decoded.", { cause: error });
  }
}

/** RGBA, 8 bits, no metadata. */
export function writePng({ width, height, data }: Pixels): Uint8Array<ArrayBuffer> {
  return encode({ width, height, data, channels: 4, depth: 8 }) as Uint8Array<ArrayBuffer>;
}

/** Null for too many. Throws EditorError broken_image. */
function chunksOf(bytes: Uint8Array<ArrayBuffer>): Chunk[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (chunks.at(-1)?.type !== "IEND") {
    if (chunks.length === MOST_CHUNKS) return null;
    if (at + 12 > bytes.length) throw new EditorError("broken_image", "The PNG ends too early.");
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw new EditorError("broken_image", "The PNG ends within a chunk.");
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, whole: bytes.subarray(at, end), data: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
  return chunks;
}

function headerOf(chunks: readonly Chunk[]): Header {
  const [first, ...others] = chunks;
  // A second header would be believed by the library.
  if (first?.type !== "IHDR" || first.data.length !== 13 || others.some(({ type }) => type === "IHDR")) {
    throw new EditorError("broken_image", "The PNG has no header, or more than one.");
  }
  const view = new DataView(first.data.buffer, first.data.byteOffset, 13);
  const header = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colour: view.getUint8(9),
    interlaced: view.getUint8(12) !== 0,
  };
  if (header.width === 0 || header.height === 0) {
    throw new EditorError("broken_image", "The PNG has no pixels.");
  }
  return header;
}

/** All that pixels are made of; palettes and transparent colours may be there without meaning anything. */
function isNeeded(type: string, colour: number): boolean {
  if (type === "PLTE") return colour === PALETTE;
  if (type === "tRNS") return (colour & ALPHA) === 0;
  return type === "IHDR" || type === "IDAT" || type === "IEND";
}

function isOurs(chunks: readonly Chunk[], { width, height, depth, colour, interlaced }: Header): boolean {
  if (chunks.some(({ type }) => CHANGING.has(type))) return false;
  if (width * height > MOST_PNG_PIXELS || CHANNELS[colour] === undefined) return false;
  // The library reads interlaced pictures by whole bytes.
  if (interlaced && depth < 8) return false;
  // Which 16-bit samples are transparent is not to be told from their high bytes.
  return depth < 16 || (colour & ALPHA) !== 0 || !chunks.some(({ type }) => type === "tRNS");
}

/** Bytes of all rows with their filters. */
function rawLength({ width, height, depth, colour, interlaced }: Header): number {
  const bits = depth * (CHANNELS[colour] as number);
  const rows = (w: number, h: number) => (w > 0 && h > 0 ? h * (1 + Math.ceil((w * bits) / 8)) : 0);
  if (!interlaced) return rows(width, height);
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return passes.reduce(
    (sum, [x, y, across, down]) =>
      sum + rows(Math.ceil((width - x) / across), Math.ceil((height - y) / down)),
    0,
  );
}

/** Whether zlib data unpacks to so many bytes; not one buffer more is unpacked than that takes. */
async function unpacksTo(packed: Uint8Array<ArrayBuffer>[], length: number): Promise<boolean> {
  const reader = new Blob(packed).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  let sum = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return sum === length;
      sum += value.length;
      if (sum > length) return false;
    }
  } catch {
    return false;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function toRgba(png: DecodedPng, colour: number): Pixels {
  const { width, height, depth } = png;
  const samples = depth < 8 ? unpacked(png) : png.data;
  const pixels = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  if (colour === PALETTE) look(pixels.data, samples, png.palette ?? []);
  else spread(pixels.data, samples, png);
  return pixels;
}

/** One sample per byte. Rows begin with a byte of their own. */
function unpacked({ width, height, depth, data }: DecodedPng): Uint8Array {
  const samples = new Uint8Array(width * height);
  const row = Math.ceil((width * depth) / 8);
  const most = 2 ** depth - 1;
  for (let at = 0; at < samples.length; at += 1) {
    const x = at % width;
    const bit = x * depth;
    const byte = data[((at - x) / width) * row + (bit >>> 3)] as number;
    samples[at] = (byte >>> (8 - depth - (bit & 7))) & most;
  }
  return samples;
}

function look(out: Uint8ClampedArray, samples: ArrayLike<number>, palette: readonly number[][]): void {
  for (let at = 0; at < samples.length; at += 1) {
    const colour = palette[samples[at] as number];
    if (!colour) throw new RangeError("a colour that is not in the palette");
    out.set(colour, at * 4);
    if (colour.length === 3) out[at * 4 + 3] = 255;
  }
}

/** Grey or colours, with alpha or without: to 8 bits and four channels. */
function spread(out: Uint8ClampedArray, samples: ArrayLike<number>, png: DecodedPng): void {
  const { depth, channels, transparency: clear } = png;
  const eight = (sample: number) => (depth === 16 ? sample >>> 8 : (sample * 255) / (2 ** depth - 1));
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  const alpha = channels % 2 === 0 ? channels - 1 : null;
  for (let from = 0, to = 0; to < out.length; from += channels, to += 4) {
    out[to] = eight(samples[from] as number);
    out[to + 1] = eight(samples[from + green] as number);
    out[to + 2] = eight(samples[from + blue] as number);
    out[to + 3] = alpha === null ? 255 : eight(samples[from + alpha] as number);
    if (clear && samples[from] === clear[0] && (channels === 1 || isClear(samples, from, clear)))
      out[to + 3] = 0;
  }
}

function isClear(samples: ArrayLike<number>, from: number, clear: Uint16Array): boolean {
  return samples[from + 1] === clear[1] && samples[from + 2] === clear[2];
}
