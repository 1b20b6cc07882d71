import { TILE, type Tile } from "./tile";

/** Runs of places in a tile: start and length − 1 of each, one after the other. */
export type Runs = Uint16Array;

/**
 * One tile's part of a step: what it takes to get the other version of the tile. Applied, it holds what it takes to get
 * back, so that undo and redo are the same.
 */
export interface TilePatch {
  x: number;
  y: number;
  /** Places where `erased` is the other way round. */
  erased: Runs;
  /** Places with other pixels, and these; null when they are all empty. */
  places: Runs;
  words: Uint32Array | null;
}

const NONE = new Uint16Array(0);
const NOTHING = new Uint8Array(TILE * TILE);

/** The runs of places where two arrays differ. */
export function runsOf(one: Uint8Array | Uint32Array, other: Uint8Array | Uint32Array): Runs {
  const runs: number[] = [];
  const { length } = one;
  for (let place = 0; place < length; place += 1) {
    if (one[place] === other[place]) continue;
    const start = place;
    while (place + 1 < length && one[place + 1] !== other[place + 1]) place += 1;
    runs.push(start, place - start);
  }
  return runs.length ? Uint16Array.from(runs) : NONE;
}

function* places(runs: Runs): Generator<[start: number, end: number]> {
  for (let at = 0; at < runs.length; at += 2) {
    const start = runs[at] as number;
    yield [start, start + (runs[at + 1] as number) + 1];
  }
}

/** What brings a tile back to how it was; null where nothing changed. Without `words`, its pixels did not. */
export function patchOf(tile: Tile, erased: Uint8Array | null, words: Uint32Array | null): TilePatch | null {
  const now = tile.erased;
  const toggled = erased || now ? runsOf(erased ?? NOTHING, now ?? NOTHING) : NONE;
  const changed = words ? runsOf(words, tile.words) : NONE;
  if (toggled.length + changed.length === 0) return null;
  return { x: tile.x, y: tile.y, erased: toggled, places: changed, words: gather(words, changed) };
}

function gather(words: Uint32Array | null, runs: Runs): Uint32Array | null {
  if (!words) return null;
  let length = 0;
  let some = false;
  for (const [start, end] of places(runs)) {
    length += end - start;
    for (let place = start; place < end && !some; place += 1) some = words[place] !== 0;
  }
  if (!some) return null;
  const gathered = new Uint32Array(length);
  let at = 0;
  for (const [start, end] of places(runs)) {
    gathered.set(words.subarray(start, end), at);
    at += end - start;
  }
  return gathered;
}

/** Bring a tile to its other version; the patch that brings it back. */
export function swap(tile: Tile, patch: TilePatch): TilePatch {
  const kept = gather(tile.words, patch.places);
  let at = 0;
  for (const [start, end] of places(patch.places)) {
    if (patch.words) tile.words.set(patch.words.subarray(at, at + end - start), start);
    else tile.words.fill(0, start, end);
    at += end - start;
  }
  if (patch.erased.length) {
    const erased = tile.erasable();
    for (const [start, end] of places(patch.erased)) {
      for (let place = start; place < end; place += 1) erased[place] = erased[place] ? 0 : 1;
    }
  }
  return { ...patch, words: kept };
}

/** Bytes a patch holds. */
export function weightOf(patch: TilePatch): number {
  return patch.erased.byteLength + patch.places.byteLength + (patch.words?.byteLength ?? 0);
}
