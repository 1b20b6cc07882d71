import { intersect, type Rect, union } from "./geometry";
import { History, type Step } from "./history";
import { swap, type TilePatch, weightOf } from "./patch";
import { Recording } from "./recording";
import type { Tile } from "./tile";
import type { Tiles } from "./tiles";

/** An opaque picture as it was placed, for as long as nothing else was painted on it. */
export interface Source {
  rect: Rect;
  /** The file's own bytes. */
  file: Blob;
}

/** What a page does beside the document, to be undone in its turn. */
export interface OwnStep {
  undo(): void;
  redo(): void;
}

type Touch = (tile: Tile, pixels: boolean) => void;
type Changed = (tile: Tile, rect: Rect, pixels: boolean) => void;

/** What there is to draw again when only the history changed. */
const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };

/** Listens to what happens to tiles: makes steps of it that can be undone, and tells others. */
export class Journal {
  sources: readonly Source[] = [];
  readonly #tiles: Tiles;
  readonly #history = new History();
  readonly #listeners = new Set<(dirty: Rect) => void>();
  #recording: Recording | null = null;
  #sourcesBefore: readonly Source[] = [];
  #version = 0;

  constructor(tiles: Tiles) {
    this.#tiles = tiles;
  }

  get canUndo(): boolean {
    return this.#history.canUndo || this.#recording?.dirty != null;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  get version(): number {
    return this.#version;
  }

  /** Bytes held for undoing. */
  get bytes(): number {
    return this.#history.bytes;
  }

  begin(): void {
    this.end();
    this.#recording = new Recording();
    this.#sourcesBefore = this.sources;
  }

  end(): void {
    const dirty = this.#recording?.dirty;
    const step = this.#recorded();
    if (step) this.#history.push(step);
    // Told even when nothing came of it: what can be undone and redone may be another.
    if (dirty) this.#tell(dirty);
  }

  cancel(): void {
    this.#recorded()?.swap();
  }

  /** Add a step of the page's own, already taken. */
  add(step: OwnStep): void {
    this.end();
    this.#history.push(
      ownStep(
        () => step.undo(),
        () => step.redo(),
        () => this.#tell(NOWHERE),
      ),
    );
    this.#tell(NOWHERE);
  }

  undo(): void {
    this.end();
    this.#history.undo();
  }

  redo(): void {
    this.end();
    this.#history.redo();
  }

  subscribe(listener: (dirty: Rect) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * One step of its own, or part of the one under way. `action` is given what has to be called for a tile before it
   * changes, and what has to be called after with where.
   */
  step(action: (touch: Touch, changed: Changed) => void): void {
    const alone = this.#recording === null;
    if (alone) this.begin();
    const recording = this.#recording;
    let dirty: Rect | null = null;
    action(
      (tile, pixels) => recording?.touch(tile, pixels),
      (tile, rect, painted) => {
        dirty = union(dirty, intersect(tile.rect, rect));
        this.stamp(tile, painted);
      },
    );
    if (dirty) recording?.soil(dirty);
    if (alone) this.end();
    else if (dirty) this.#tell(dirty);
  }

  /** Give a tile that changed another version. */
  stamp(tile: Tile, pixels: boolean): void {
    this.#version += 1;
    tile.changed(this.#version, pixels);
  }

  /** Ends the recording: what undoes it, or null when nothing came of it. */
  #recorded(): Step | null {
    const recording = this.#recording;
    this.#recording = null;
    if (!recording?.dirty) return null;
    const patches = recording.patches();
    for (const tile of recording.tiles()) this.#tiles.tidy(tile);
    if (patches.length === 0 && this.#sourcesBefore === this.sources) return null;
    return this.#stepOf(patches, this.#sourcesBefore, recording.dirty);
  }

  #stepOf(patches: readonly TilePatch[], sources: readonly Source[], dirty: Rect): Step {
    return {
      bytes: patches.reduce((sum, patch) => sum + weightOf(patch), 0),
      swap: () => {
        const back = patches.map((patch) => this.#swap(patch));
        const before = this.sources;
        this.sources = sources;
        this.#tell(dirty);
        return this.#stepOf(back, before, dirty);
      },
    };
  }

  #swap(patch: TilePatch): TilePatch {
    const tile = this.#tiles.at(patch.x, patch.y);
    const back = swap(tile, patch);
    this.stamp(tile, patch.places.length > 0);
    this.#tiles.tidy(tile);
    return back;
  }

  #tell(dirty: Rect): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener(dirty);
  }
}

function ownStep(undo: () => void, redo: () => void, told: () => void): Step {
  return {
    bytes: 0,
    swap: () => {
      undo();
      told();
      return ownStep(redo, undo, told);
    },
  };
}
