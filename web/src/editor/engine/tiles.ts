import { emptyPixels, type Frame, intersect, type Pixels, type Rect, rectOf, union } from "./geometry";
import { keyOf, rowsOf, TILE, Tile, wordsOf } from "./tile";

/** One byte per pixel of a frame, 1 in the hole. */
export interface Hole {
  mask: Uint8Array<ArrayBuffer>;
  /** Pixels that were erased. */
  erased: number;
  /** Pixels where there is no picture. */
  empty: number;
  /** Pixels that stay as they are. erased + empty + known = side². */
  known: number;
  /** Known pixels that can be seen through: settle them before asking (`flatten`, `eraseTranslucent`). */
  translucent: number;
}

/** Tiles by their place, as many as have something on them. */
export class Tiles {
  readonly #tiles = new Map<string, Tile>();

  /** Tiles that are there and touch `rect`. */
  *over(rect: Rect): Generator<Tile> {
    // Of a shape far larger than the document, the tiles are fewer than the places.
    if (this.#tiles.size < (rect.width / TILE) * (rect.height / TILE)) {
      for (const tile of this.#tiles.values()) if (intersect(tile.rect, rect)) yield tile;
      return;
    }
    for (const { x, y } of cornersOver(rect)) {
      const tile = this.#tiles.get(keyOf(x, y));
      if (tile) yield tile;
    }
  }

  /** All tiles that touch `rect`, made where there are none. */
  *made(rect: Rect): Generator<Tile> {
    for (const { x, y } of cornersOver(rect)) yield this.at(x, y);
  }

  /** The tile with this corner, made if need be. */
  at(x: number, y: number): Tile {
    const key = keyOf(x, y);
    const tile = this.#tiles.get(key) ?? new Tile(x, y);
    this.#tiles.set(key, tile);
    return tile;
  }

  /** Keep nothing that says nothing. */
  tidy(tile: Tile): void {
    if (!tile.erasedExtent()) tile.erased = null;
    if (!tile.extent()) this.#tiles.delete(tile.key);
  }

  /** The smallest rectangle around all that is not empty. */
  bounds(): Rect | null {
    let bounds: Rect | null = null;
    for (const tile of this.#tiles.values()) bounds = union(bounds, tile.extent());
    return bounds;
  }

  /** The smallest rectangle around all that is erased. */
  erasedBounds(): Rect | null {
    let bounds: Rect | null = null;
    for (const tile of this.#tiles.values()) bounds = union(bounds, tile.erasedExtent());
    return bounds;
  }

  /** Pixels as one sees them: four zeros where empty or erased. */
  read(rect: Rect): Pixels {
    requireWhole(rect);
    const pixels = emptyPixels(rect.width, rect.height);
    const words = wordsOf(pixels);
    for (const tile of this.over(rect)) {
      rowsOf(tile, rect, (place, at, length) => {
        words.set(tile.words.subarray(place, place + length), at);
        if (!tile.erased) return;
        for (let i = 0; i < length; i += 1) if (tile.erased[place + i]) words[at + i] = 0;
      });
    }
    return pixels;
  }

  hole(frame: Frame): Hole {
    const rect = rectOf(frame);
    requireWhole(rect);
    const area = frame.side * frame.side;
    const hole: Hole = { mask: new Uint8Array(area).fill(1), erased: 0, empty: 0, known: 0, translucent: 0 };
    for (const tile of this.over(rect)) {
      rowsOf(tile, rect, (place, at, length) => {
        for (let i = 0; i < length; i += 1) {
          const word = tile.words[place + i] as number;
          if (word === 0) continue;
          if (tile.erased?.[place + i]) {
            hole.erased += 1;
            continue;
          }
          hole.mask[at + i] = 0;
          hole.known += 1;
          if (word >>> 24 !== 255) hole.translucent += 1;
        }
      });
    }
    hole.empty = area - hole.erased - hole.known;
    return hole;
  }
}

/** Throws RangeError for fractions of pixels. */
export function requireWhole(rect: Rect): void {
  if (![rect.x, rect.y, rect.width, rect.height].every(Number.isSafeInteger)) {
    throw new RangeError(`Whole pixels only: ${rect.x}, ${rect.y}, ${rect.width} × ${rect.height}.`);
  }
}

/** Corners of all tiles that touch `rect`. */
function* cornersOver(rect: Rect): Generator<{ x: number; y: number }> {
  const left = Math.floor(rect.x / TILE) * TILE;
  const top = Math.floor(rect.y / TILE) * TILE;
  for (let y = top; y < rect.y + rect.height; y += TILE) {
    for (let x = left; x < rect.x + rect.width; x += TILE) yield { x, y };
  }
}
