import { imageDimensionsFromData } from "image-dimensions";
import { EditorError } from "./errors";
import type { Pixels } from "./geometry";
import { isPng, readPng } from "./png";

/** Larger pictures are refused before they are decoded. */
export const MOST_PIXELS = 64 * 1024 * 1024;
/** Larger files are not read. */
export const MOST_FILE_BYTES = 256 * 1024 * 1024;
/** Of what the browser decoded, so much is read back at once. */
const STRIP_PIXELS = 4 * 1024 * 1024;

export interface Decoded {
  pixels: Pixels;
  /** A PNG whose pixels are these to the bit, for the server too: its bytes as they were read. Null for others. */
  file: Blob | null;
  opaque: boolean;
  /** Pixels that are neither opaque nor transparent. */
  translucent: number;
}

/**
 * Any image the browser reads, upright, in sRGB. Throws EditorError not_an_image, broken_image, too_many_pixels or
 * noisy_canvas.
 */
export async function decodeImage(file: Blob): Promise<Decoded> {
  if (file.size > MOST_FILE_BYTES) throw new EditorError("too_many_pixels", `${file.size} bytes`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const size = imageDimensionsFromData(bytes);
  if (!size) throw new EditorError(isPng(bytes) ? "broken_image" : "not_an_image");
  if (size.width * size.height > MOST_PIXELS) {
    throw new EditorError("too_many_pixels", `${size.width} × ${size.height}`);
  }
  const exact = size.type === "png" ? await readPng(bytes) : null;
  const pixels = exact ?? (await readByBrowser(file));
  return { pixels, file: exact && new Blob([bytes], { type: "image/png" }), ...alphaOf(pixels) };
}

function alphaOf({ data }: Pixels): { opaque: boolean; translucent: number } {
  let opaque = true;
  let translucent = 0;
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] === 255) continue;
    opaque = false;
    if (data[at] !== 0) translucent += 1;
  }
  return { opaque, translucent };
}

/** Colour profiles and orientation applied. Colours of translucent pixels may be off by one: canvases keep them so. */
async function readByBrowser(file: Blob): Promise<Pixels> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { premultiplyAlpha: "none", imageOrientation: "from-image" });
  } catch (error) {
    throw new EditorError("broken_image", "The browser cannot decode it.", { cause: error });
  }
  try {
    await requireFaithful();
    return readBack(bitmap);
  } finally {
    bitmap.close();
  }
}

function readBack(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(width * height * 4);
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const context = new OffscreenCanvas(width, rows).getContext("2d", { willReadFrequently: true });
  if (!context) throw new EditorError("broken_image", "no 2d canvas");
  for (let top = 0; top < height; top += rows) {
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    const strip = Math.min(rows, height - top);
    data.set(context.getImageData(0, 0, width, strip).data, top * width * 4);
  }
  return { width, height, data };
}

let faithful: Promise<boolean> | null = null;

/** Throws EditorError noisy_canvas where the browser alters what is read back, against being recognised. */
async function requireFaithful(): Promise<void> {
  faithful ??= isFaithful();
  if (!(await faithful)) throw new EditorError("noisy_canvas");
}

/** Draw known colours, read them back, compare. */
async function isFaithful(): Promise<boolean> {
  const side = 64;
  const known = new ImageData(side, side);
  for (let at = 0; at < known.data.length; at += 1) {
    known.data[at] = at % 4 === 3 ? 255 : (at * 37 + (at >>> 6) * 11) & 255;
  }
  const bitmap = await createImageBitmap(known);
  try {
    return readBack(bitmap).data.every((one, at) => one === known.data[at]);
  } finally {
    bitmap.close();
  }
}
