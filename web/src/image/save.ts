import type { Format } from "../api/types";
import { release } from "../ui/objectUrl";

const QUALITY = 0.95;

/** A picture in another format. The original comes back as it is, with its provenance. */
export async function convert(blob: Blob, format: Format): Promise<Blob> {
  const type = `image/${format}`;
  if (blob.type === type) return blob;
  const bitmap = await createImageBitmap(blob);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2d canvas");
  if (format === "jpeg") {
    context.fillStyle = "#fff"; // JPEG has no alpha
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error(`no ${type}`))), type, QUALITY);
  });
}

/** A file name out of a prompt: `a-red-fox-1.png`. */
export function fileName(prompt: string | null, number: number, format: Format): string {
  const words = (prompt ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  const short = [...words].slice(0, 60).join("").replace(/-+$/, "");
  return `${short || "picture"}-${number}.${format === "jpeg" ? "jpg" : format}`;
}

/** Let the browser save a file. */
export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  release(address);
}
