import { type Rect, union } from "./geometry";
import { patchOf, type TilePatch } from "./patch";
import type { Tile } from "./tile";

interface Before {
  tile: Tile;
  erased: Uint8Array | null;
  /** Undefined until pixels are to change too. */
  words?: Uint32Array;
}

/** What tiles were before a step: copied when the step first comes to them, compared when it is over. */
export class Recording {
  readonly #befores = new Map<string, Before>();
  dirty: Rect | null = null;

  /** Before a tile's `erased` changes, and with `pixels` its pixels. */
  touch(tile: Tile, pixels: boolean): void {
    let before = this.#befores.get(tile.key);
    if (!before) {
      before = { tile, erased: tile.erased?.slice() ?? null };
      this.#befores.set(tile.key, before);
    }
    if (pixels) before.words ??= tile.words.slice();
  }

  soil(rect: Rect): void {
    this.dirty = union(this.dirty, rect);
  }

  *tiles(): Generator<Tile> {
    for (const { tile } of this.#befores.values()) yield tile;
  }

  /** What undoes the step. */
  patches(): TilePatch[] {
    const patches: TilePatch[] = [];
    for (const { tile, erased, words } of this.#befores.values()) {
      const patch = patchOf(tile, erased, words ?? null);
      if (patch) patches.push(patch);
    }
    return patches;
  }
}
