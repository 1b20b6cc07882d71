import { type Board, TILE } from "./engine/board";
import { canvasOf } from "./view";

const SIDE = 256;
const QUALITY = 0.8;

/** A small picture of a board, for the list of drafts; null for an empty one. */
export async function thumbnailOf(board: Board): Promise<Blob | null> {
  const bounds = board.bounds();
  if (!bounds) return null;
  const scale = Math.min(1, SIDE / Math.max(bounds.width, bounds.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bounds.width * scale));
  canvas.height = Math.max(1, Math.round(bounds.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return null;
  for (const { x, y } of board.tiles(bounds)) {
    const left = Math.round((x - bounds.x) * scale);
    const top = Math.round((y - bounds.y) * scale);
    const right = Math.round((x + TILE - bounds.x) * scale);
    const bottom = Math.round((y + TILE - bounds.y) * scale);
    const seen = canvasOf(board.read({ x, y, width: TILE, height: TILE }));
    context.drawImage(seen, left, top, right - left, bottom - top);
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/webp", QUALITY));
}
