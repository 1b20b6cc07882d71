import { intersect, type Pixels, type Rect } from "./geometry";

/** Side of a tile; tiles lie at multiples of it. */
export const TILE = 256;
const AREA = TILE * TILE;

/** A tile as the view draws it: 256 × 256 pixels from (x, y) on. Do not write to it. */
export interface TileView {
  /** The same for the same place, always. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly pixels: Pixels;
  /** 1 where erased; null where nothing is. */
  readonly erased: Uint8Array<ArrayBuffer> | null;
  /** Another number whenever pixels or erased changed. */
  readonly version: number;
}

interface Measured {
  rect: Rect | null;
}

/** Empty pixels are four zeros, and only others are erased: the board keeps to it, so that equal looks are equal bytes. */
export class Tile implements TileView {
  readonly key: string;
  readonly pixels: Pixels = { width: TILE, height: TILE, data: new Uint8ClampedArray(AREA * 4) };
  /** The same pixels, one number each: little-endian, alpha on top. */
  readonly words = new Uint32Array(this.pixels.data.buffer);
  erased: Uint8Array<ArrayBuffer> | null = null;
  version = 0;
  #seen: Measured | null = null;
  #erased: Measured | null = null;

  constructor(
    readonly x: number,
    readonly y: number,
  ) {
    this.key = keyOf(x, y);
  }

  get rect(): Rect {
    return { x: this.x, y: this.y, width: TILE, height: TILE };
  }

  /** What is erased, made if need be. */
  erasable(): Uint8Array<ArrayBuffer> {
    this.erased ??= new Uint8Array(AREA);
    return this.erased;
  }

  /** The smallest rectangle of the world around the pixels that are not empty. */
  extent(): Rect | null {
    this.#seen ??= { rect: extentOf(this.words, this.rect) };
    return this.#seen.rect;
  }

  /** The smallest rectangle of the world around what is erased. */
  erasedExtent(): Rect | null {
    this.#erased ??= { rect: this.erased && extentOf(this.erased, this.rect) };
    return this.#erased.rect;
  }

  /** Note that `erased` changed, and with `pixels` the pixels too. */
  changed(version: number, pixels: boolean): void {
    this.version = version;
    this.#erased = null;
    if (pixels) this.#seen = null;
  }
}

export function keyOf(x: number, y: number): string {
  return `${x},${y}`;
}

/** Calls `row(place, at, length)` for every row of `rect` in a tile: where it starts in the tile and in `rect`. */
export function rowsOf(
  tile: Tile,
  rect: Rect,
  row: (place: number, at: number, length: number) => void,
): void {
  const common = intersect(tile.rect, rect);
  if (!common) return;
  for (let y = common.y; y < common.y + common.height; y += 1) {
    const place = (y - tile.y) * TILE + (common.x - tile.x);
    row(place, (y - rect.y) * rect.width + (common.x - rect.x), common.width);
  }
}

/** RGBA pixels as one number each, in place. */
export function wordsOf({ data }: Pixels): Uint32Array<ArrayBuffer> {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}

/** A copy of them, where what cannot be seen has no colour either. */
export function clearWordsOf({ data }: Pixels): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(data.slice().buffer);
  for (let at = 0; at < words.length; at += 1) if ((words[at] as number) >>> 24 === 0) words[at] = 0;
  return words;
}

/** The smallest rectangle around what is not zero of the values of `rect`, row by row; null where all is. */
export function extentOf(values: Uint32Array | Uint8Array, rect: Rect): Rect | null {
  const { width, height } = rect;
  const isBlank = (y: number) => {
    for (let at = y * width; at < (y + 1) * width; at += 1) if (values[at] !== 0) return false;
    return true;
  };
  let top = 0;
  while (top < height && isBlank(top)) top += 1;
  if (top === height) return null;
  let bottom = height;
  while (isBlank(bottom - 1)) bottom -= 1;
  let left = width;
  let right = 0;
  for (let y = top; y < bottom; y += 1) {
    const row = y * width;
    for (let x = 0; x < left; x += 1) if (values[row + x] !== 0) left = x;
    for (let x = width - 1; x >= right; x -= 1) if (values[row + x] !== 0) right = x + 1;
  }
  return { x: rect.x + left, y: rect.y + top, width: right - left, height: bottom - top };
}
