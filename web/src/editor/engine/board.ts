import { blend, over, requireOvermask } from "./blend";
import { EditorError } from "./errors";
import { type Frame, grown, intersect, type Pixels, type Rect, rectOf, sameRect, union } from "./geometry";
import { Journal, type OwnStep, type Source } from "./journal";
import { boundsOf, type Shape, spansOf } from "./shapes";
import { clearWordsOf, extentOf, rowsOf, TILE, type Tile, type TileView, wordsOf } from "./tile";
import { type Hole, requireWhole, Tiles } from "./tiles";

export { MOST_OVERMASK } from "./blend";
export type { OwnStep, Source } from "./journal";
export { TILE, type TileView } from "./tile";
export type { Hole } from "./tiles";

/** Content is at most this wide and this high. */
export const MOST_SIDE = 8192;
const WHITE = 0xffffffff;

/** A tile that was kept. */
export type KeptTile = Pick<TileView, "x" | "y" | "pixels" | "erased">;

/**
 * The document: pictures in tiles over an endless plane, and what of them is erased beside them, so that restoring brings
 * the very pixels back. Everything that changes it is one step of undo, or part of one between beginStroke and endStroke.
 */
export class Board {
  readonly #tiles = new Tiles();
  readonly #journal = new Journal(this.#tiles);

  /** A board of what was kept. Throws EditorError document_too_large. */
  static of(tiles: Iterable<KeptTile>, sources: readonly Source[]): Board {
    const board = new Board();
    for (const kept of tiles) {
      const tile = board.#tiles.at(kept.x, kept.y);
      tile.words.set(clearWordsOf(kept.pixels));
      tile.erased = kept.erased?.map((one, place) => (one && tile.words[place] ? 1 : 0)) ?? null;
      board.#journal.stamp(tile, true);
      board.#tiles.tidy(tile);
    }
    requireRoom(board.bounds());
    board.#journal.sources = sources;
    return board;
  }

  /**
   * Put a picture down. Its transparent pixels leave what lies there; translucent ones are painted over it. `file` is
   * what the codec gives with the pixels, to be sent as it is. Throws EditorError document_too_large.
   */
  place(image: Pixels, x: number, y: number, file: Blob | null = null): void {
    const rect = { x, y, width: image.width, height: image.height };
    requireWhole(rect);
    const words = clearWordsOf(image);
    const seen = extentOf(words, rect);
    if (!seen) return;
    requireRoom(union(this.bounds(), seen));
    this.#repaint(
      seen,
      (tile) => {
        rowsOf(tile, rect, (place, at, length) => {
          for (let i = 0; i < length; i += 1) {
            const word = words[at + i] as number;
            if (word === 0) continue;
            const under = tile.erased?.[place + i] ? 0 : (tile.words[place + i] as number);
            tile.words[place + i] = word >>> 24 === 255 || under === 0 ? word : over(word, under);
            if (tile.erased) tile.erased[place + i] = 0;
          }
        });
      },
      file && words.every((word) => word >>> 24 === 255) ? { rect, file } : null,
    );
  }

  /** Erase what lies under a shape. */
  erase(shape: Shape): void {
    this.#mark(shape, 1);
  }

  /** Bring back what was erased under a shape. */
  restore(shape: Shape): void {
    this.#mark(shape, 0);
  }

  /** Bring back everything erased. */
  clearErased(): void {
    const bounds = this.bounds();
    if (bounds) this.restore({ kind: "rect", ...bounds });
  }

  /** What follows until endStroke is one step. Ends a stroke that was left open. */
  beginStroke(): void {
    this.#journal.begin();
  }

  endStroke(): void {
    this.#journal.end();
  }

  /** Take back what happened since beginStroke, leaving no step (two fingers, Escape). */
  cancelStroke(): void {
    this.#journal.cancel();
  }

  /** Paint translucent pixels of a rectangle over white. */
  flatten(rect: Rect): void {
    this.#eachTranslucent(rect, true, (tile, place) => {
      tile.words[place] = over(tile.words[place] as number, WHITE);
    });
  }

  /** Erase translucent pixels of a rectangle. */
  eraseTranslucent(rect: Rect): void {
    this.#eachTranslucent(rect, false, (tile, place) => {
      tile.erasable()[place] = 1;
    });
  }

  /** Add a step of the page's own, already taken, to what can be undone. Ends a stroke under way. */
  record(step: OwnStep): void {
    this.#journal.add(step);
  }

  undo(): void {
    this.#journal.undo();
  }

  redo(): void {
    this.#journal.redo();
  }

  get canUndo(): boolean {
    return this.#journal.canUndo;
  }

  get canRedo(): boolean {
    return this.#journal.canRedo;
  }

  /** Bytes held for undoing. */
  get historyBytes(): number {
    return this.#journal.bytes;
  }

  /** The smallest rectangle around all pictures, erased or not; null for an empty board. */
  bounds(): Rect | null {
    return this.#tiles.bounds();
  }

  /** The smallest rectangle around everything erased; null where nothing is. */
  erasedBounds(): Rect | null {
    return this.#tiles.erasedBounds();
  }

  /** Pixels of a rectangle as one sees them: nothing (four zeros) where empty or erased. */
  read(rect: Rect): Pixels {
    return this.#tiles.read(rect);
  }

  hole(frame: Frame): Hole {
    return this.#tiles.hole(frame);
  }

  /** `read` of a frame: alpha 0 and no colour in the hole, so that erased pixels never leave the browser. */
  cut(frame: Frame): Pixels {
    return this.read(rectOf(frame));
  }

  /** Frame-sized: the hole from `result`, the rest from the board, `overmask` pixels around the hole blended. */
  composite(frame: Frame, result: Pixels, overmask: number): Pixels {
    return this.#composite(frame, result, overmask).pixels;
  }

  /** Make `composite` the document. Outside hole and overmask every bit stays. Throws EditorError document_too_large. */
  accept(frame: Frame, result: Pixels, overmask: number): void {
    const { pixels, hole } = this.#composite(frame, result, overmask);
    const rect = rectOf(frame);
    const words = wordsOf(pixels);
    requireRoom(union(this.bounds(), extentOf(words, rect)));
    const filled = extentOf(hole, rect);
    const changed = filled && intersect(grown(filled, overmask), rect);
    if (!changed) return;
    this.#repaint(changed, (tile) => {
      rowsOf(tile, rect, (place, at, length) => {
        tile.words.set(words.subarray(at, at + length), place);
        tile.erased?.fill(0, place, place + length);
      });
    });
  }

  /** Tiles that touch `rect` and are not empty. */
  tiles(rect: Rect): TileView[] {
    return [...this.#tiles.over(rect)];
  }

  /** Pictures that nothing was painted on. */
  get sources(): readonly Source[] {
    return this.#journal.sources;
  }

  /** The source that is exactly `rect` and untouched, if there is one. Erasing does not touch it. */
  source(rect: Rect): Source | null {
    return this.sources.find((one) => sameRect(one.rect, rect)) ?? null;
  }

  /** Hear of every change, with the rectangle to draw again; call what is returned to hear no more. */
  subscribe(listener: (dirty: Rect) => void): () => void {
    return this.#journal.subscribe(listener);
  }

  /** Another number whenever the document, or what can be undone, changed. For useSyncExternalStore. */
  get version(): number {
    return this.#journal.version;
  }

  #composite(frame: Frame, result: Pixels, overmask: number): { pixels: Pixels; hole: Uint8Array } {
    if (result.width !== frame.side || result.height !== frame.side) {
      throw new RangeError(`A frame of ${frame.side} takes no result of ${result.width} × ${result.height}.`);
    }
    requireOvermask(overmask);
    const pixels = this.cut(frame);
    const hole = this.hole(frame).mask;
    blend(pixels, result, hole, overmask);
    return { pixels, hole };
  }

  /** Paint pixels: what was placed there is no longer as it was, but for `source`. */
  #repaint(rect: Rect, paint: (tile: Tile) => void, source: Source | null = null): void {
    this.#journal.step((touch, changed) => {
      for (const tile of this.#tiles.made(rect)) {
        touch(tile, true);
        paint(tile);
        changed(tile, rect, true);
      }
      const untouched = this.sources.filter((one) => !intersect(one.rect, rect));
      if (source || untouched.length < this.sources.length) {
        this.#journal.sources = source ? [...untouched, source] : untouched;
      }
    });
  }

  /** Set or clear `erased` under a shape, wherever there is a picture. */
  #mark(shape: Shape, erased: 0 | 1): void {
    const bounds = boundsOf(shape);
    if (!bounds) return;
    this.#journal.step((touch, changed) => {
      for (const tile of this.#tiles.over(bounds)) {
        if (!erased && !tile.erased) continue;
        touch(tile, false);
        const marks = tile.erasable();
        let some = false;
        spansOf(shape, tile.rect, (y, start, end) => {
          const row = (y - tile.y) * TILE - tile.x;
          for (let place = row + start; place < row + end; place += 1) {
            if (marks[place] === erased || tile.words[place] === 0) continue;
            marks[place] = erased;
            some = true;
          }
        });
        if (some) changed(tile, bounds, false);
      }
    });
  }

  #eachTranslucent(rect: Rect, pixels: boolean, change: (tile: Tile, place: number) => void): void {
    requireWhole(rect);
    this.#journal.step((touch, changed) => {
      for (const tile of this.#tiles.over(rect)) {
        touch(tile, pixels);
        let some = false;
        rowsOf(tile, rect, (start, _, length) => {
          for (let place = start; place < start + length; place += 1) {
            const alpha = (tile.words[place] as number) >>> 24;
            if (alpha === 0 || alpha === 255 || tile.erased?.[place]) continue;
            change(tile, place);
            some = true;
          }
        });
        if (some) changed(tile, rect, pixels);
      }
    });
  }
}

/** Throws EditorError document_too_large. */
function requireRoom(bounds: Rect | null): void {
  if (bounds && Math.max(bounds.width, bounds.height) > MOST_SIDE) {
    throw new EditorError(
      "document_too_large",
      `${bounds.width} × ${bounds.height} is more than ${MOST_SIDE}.`,
    );
  }
}
