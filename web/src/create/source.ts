import { MOST_BYTES } from "../api/limits";
import type { Size } from "../api/types";
import { SIZES } from "../settings/preferences";
import { nameOf } from "../ui/DropArea";

/** An uploaded image as the API takes it: a square PNG of one of its sizes. */
export interface Source {
  /** The file as it was chosen, of any shape, and its name without the suffix. */
  file: Blob;
  name: string;
  blob: Blob;
  size: Size;
  cropped: boolean;
  /** Pixels of a side before it was brought to its size; null where that changed nothing. */
  scaledFrom: number | null;
  /** Some pixels can be seen through, so that an edit has something to fill. */
  transparent: boolean;
  /** `job/index`, where it is a picture of ours. */
  from: string | null;
}

/** The size an image is brought to: the largest that does not enlarge it, 256 at least. */
export function fittingSize(side: number): Size {
  if (side >= 1024) return "1024x1024";
  return side >= 512 ? "512x512" : "256x256";
}

/**
 * Read, crop to the middle square and scale an image file; what is transparent in `mask` becomes transparent. Throws what
 * the browser throws for no image.
 */
export async function readSource(
  file: Blob,
  from: string | null = null,
  mask: Blob | null = null,
): Promise<Source> {
  const bitmap = await createImageBitmap(file);
  const stencil = mask && (await createImageBitmap(mask));
  try {
    const side = Math.min(bitmap.width, bitmap.height);
    const cropped = bitmap.width !== bitmap.height;
    const name = file instanceof File ? nameOf(file) : "";
    const fitting = SIZES.indexOf(fittingSize(side));
    // Noise can be too heavy in a size that would fit.
    for (const size of SIZES.slice(0, fitting + 1).reverse()) {
      const target = Number.parseInt(size, 10);
      const { canvas, transparent } = draw(bitmap, stencil, target);
      const untouched = !stencil && !cropped && side === target && file.type === "image/png";
      const blob = untouched ? file : await toPng(canvas);
      if (blob.size > MOST_BYTES) continue;
      const scaledFrom = side === target ? null : side;
      return { file: stencil ? blob : file, name, blob, size, cropped, scaledFrom, transparent, from };
    }
    throw new Error("too heavy in every size");
  } finally {
    bitmap.close();
    stencil?.close();
  }
}

/** The middle square of an image in a canvas, without what a stencil leaves out. */
function draw(
  bitmap: ImageBitmap,
  stencil: ImageBitmap | null,
  target: number,
): { canvas: HTMLCanvasElement; transparent: boolean } {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = target;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2d canvas");
  context.imageSmoothingQuality = "high";
  const side = Math.min(bitmap.width, bitmap.height);
  const left = (bitmap.width - side) / 2;
  const top = (bitmap.height - side) / 2;
  context.drawImage(bitmap, left, top, side, side, 0, 0, target, target);
  if (stencil) {
    context.globalCompositeOperation = "destination-in";
    context.drawImage(stencil, 0, 0, target, target);
  }
  return { canvas, transparent: hasHoles(context.getImageData(0, 0, target, target).data) };
}

/** True when some pixel of RGBA data is fully transparent. */
export function hasHoles(data: Uint8ClampedArray): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] === 0) return true;
  return false;
}

function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), "image/png");
  });
}
