import type { Size } from "../api/types";
import { nameOf } from "../ui/DropArea";

/** An uploaded image as the API takes it: a square PNG of one of its sizes. */
export interface Source {
  /** The file as it was chosen, of any shape, and its name without the suffix. */
  file: Blob;
  name: string;
  blob: Blob;
  size: Size;
  cropped: boolean;
  /** Some pixels can be seen through, so that an edit has something to fill. */
  transparent: boolean;
  /** `job/index`, where it is a picture of ours. */
  from: string | null;
}

const LARGEST = 1024;

/** The size an image is brought to: the largest that does not enlarge it, 256 at least. */
export function fittingSize(side: number): Size {
  if (side >= 1024) return "1024x1024";
  return side >= 512 ? "512x512" : "256x256";
}

/** Read, crop to the middle square and scale an image file. Throws what the browser throws for no image. */
export async function readSource(file: Blob, from: string | null = null): Promise<Source> {
  const bitmap = await createImageBitmap(file);
  try {
    const side = Math.min(bitmap.width, bitmap.height);
    const size = fittingSize(side);
    const target = Math.min(LARGEST, Number.parseInt(size, 10));
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = target;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no 2d canvas");
    context.imageSmoothingQuality = "high";
    const left = (bitmap.width - side) / 2;
    const top = (bitmap.height - side) / 2;
    context.drawImage(bitmap, left, top, side, side, 0, 0, target, target);
    const transparent = hasHoles(context.getImageData(0, 0, target, target).data);
    const cropped = bitmap.width !== bitmap.height;
    const untouched = !cropped && side === target && file.type === "image/png";
    const name = file instanceof File ? nameOf(file) : "";
    const blob = untouched ? file : await toPng(canvas);
    return { file, name, blob, size, cropped, transparent, from };
  } finally {
    bitmap.close();
  }
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
