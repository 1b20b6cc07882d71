import { type Camera, centred, type Extent, fitted, panBy, sees, zoomAt } from "./camera";
import type { Board } from "./engine/board";
import { type Frame, type Pixels, type Point, type Rect, rectOf, union } from "./engine/geometry";
import { type Floating, rectOfFloating, takeBack } from "./floating";
import { type Direction, extended, frameFor } from "./frames";
import type { Tool } from "./keymap";
import type { Ask, Saved } from "./saved";

export const LEAST_BRUSH = 1;
export const MOST_BRUSH = 512;
/** What one press on + or − does. */
export const ZOOM = 1.25;
const MARGIN = 64;
const NARROW = 600;
const NUDGE_MS = 600;

/** What is being outlined, in the picture's pixels. */
export type Selection =
  | { kind: "rectangle"; from: Point; to: Point }
  | { kind: "lasso"; points: readonly Point[] };

/** A finished picture in its place. */
export interface Candidate {
  frame: Frame;
  pixels: Pixels;
}

/** What lies on the desk beside the board: all that the page shows, never changed in place. */
export interface Look extends Saved {
  name: string;
  /** A picture over the board, not set down yet. */
  floating: Floating | null;
  /** What became of the last one, until another comes. */
  placed: "set_down" | "taken_back" | null;
  tool: Tool;
  /** The brush's diameter in the picture's pixels. */
  brush: number;
  camera: Camera;
  stage: Extent;
  /** The camera follows the document until somebody moves it. */
  following: boolean;
  /** A stroke or a drag is under way. */
  busy: boolean;
  /** A request is on its way to the server. */
  sealed: boolean;
  /** Space is held: the pointer moves the picture. */
  panning: boolean;
  selection: Selection | null;
  /** The keyboard's pointer; null while the mouse is used. */
  crosshair: Point | null;
  /** What the frame would look like; null for the document as it is. */
  candidate: Candidate | null;
  /** The original is shown in place of the candidate. */
  comparing: boolean;
  /** Share of the frame, from the left, that shows the original; null without the slider. */
  wipe: number | null;
  /** Another tab has the draft: as it is here, or changed while there are changes here that are not kept. */
  elsewhere: "open" | "changed" | null;
  /** Another number after every change of the board that is no mere part of a stroke. */
  settled: number;
}

/** Nothing but the view can be changed: candidates are awaited or chosen from, or another tab has the draft. */
export function isShut({ ask, sealed, elsewhere }: Look): boolean {
  return ask !== null || sealed || elsewhere !== null;
}

/** Nothing but the view and a picture that floats can be changed. */
export function isLocked(look: Look): boolean {
  return isShut(look) || look.floating !== null;
}

/** A document being worked on. */
export class Desk {
  #look: Look;
  #listeners = new Set<() => void>();
  #stop: () => void;
  /** Where the frame was before the arrow keys moved it. */
  #nudged: Frame | null = null;
  #closed = false;
  #nudgeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: string,
    name: string,
    readonly board: Board,
    saved: Saved,
    floating: Floating | null = null,
  ) {
    this.#look = {
      ...saved,
      name,
      floating,
      placed: null,
      camera: saved.camera ?? { x: 0, y: 0, zoom: 1 },
      following: saved.camera === null,
      tool: "erase",
      brush: Math.round(saved.frame.side / 8),
      stage: { width: 0, height: 0 },
      busy: false,
      sealed: false,
      panning: false,
      selection: null,
      crosshair: null,
      candidate: null,
      comparing: false,
      wipe: null,
      elsewhere: null,
      settled: 0,
    };
    this.#stop = board.subscribe(() => {
      if (!this.#look.busy) this.#settle();
    });
  }

  get look(): Look {
    return this.#look;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  change(part: Partial<Look>): void {
    const before = this.#look;
    this.#look = { ...before, ...part };
    if (before.busy && part.busy === false) this.#look.settled = before.settled + 1;
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#nudgeTimer);
    this.#stop();
    this.#listeners.clear();
  }

  /** What is kept with the board. */
  get saved(): Saved {
    const { frame, prompt, n, overmask, from, ask, sent, floating } = this.#look;
    const camera = this.#look.following ? null : this.#look.camera;
    const hanging = floating && { file: floating.file, x: floating.x, y: floating.y };
    return { frame, prompt, n, overmask, camera, from, ask, sent, floating: hanging };
  }

  /** Pictures are only looked at. */
  get locked(): boolean {
    return isLocked(this.#look);
  }

  /** Nobody looks at it any more. */
  get closed(): boolean {
    return this.#closed;
  }

  // The camera

  /** The stage has this size now. */
  resize(stage: Extent): void {
    this.change({ stage });
    if (this.#look.following) this.showAll();
  }

  zoom(factor: number, at: Point = this.middle): void {
    this.change({ camera: zoomAt(this.#look.camera, at, factor), following: false });
  }

  pan(dx: number, dy: number): void {
    this.change({ camera: panBy(this.#look.camera, dx, dy), following: false });
  }

  /** All of it in sight. */
  showAll(): void {
    const { stage } = this.#look;
    if (stage.width === 0) return;
    const margin = stage.width < NARROW ? MARGIN / 2 : MARGIN;
    this.change({ camera: fitted(this.everything, stage, margin), following: true });
  }

  /** One pixel for one. */
  actual(): void {
    const { stage, camera } = this.#look;
    const seen = {
      x: camera.x,
      y: camera.y,
      width: stage.width / camera.zoom,
      height: stage.height / camera.zoom,
    };
    this.change({ camera: centred(seen, stage, 1), following: false });
  }

  get middle(): Point {
    const { stage } = this.#look;
    return { x: stage.width / 2, y: stage.height / 2 };
  }

  /** Pictures, the one that floats too, and frame. */
  get everything(): Rect {
    const { frame, floating } = this.#look;
    const pictures = union(this.board.bounds(), floating && rectOfFloating(floating));
    return union(pictures, rectOf(frame)) ?? rectOf(frame);
  }

  // The frame

  /** Move the frame, as one step that can be undone. */
  setFrame(frame: Frame): void {
    this.#endNudge();
    const before = this.#look.frame;
    if (before.x === frame.x && before.y === frame.y && before.side === frame.side) return;
    this.change({ frame });
    this.recordFrame(before);
  }

  /** Move the frame by so many pixels. Presses that follow one another are one step. */
  nudgeFrame(dx: number, dy: number): void {
    const { frame } = this.#look;
    this.#nudged ??= frame;
    clearTimeout(this.#nudgeTimer);
    this.#nudgeTimer = setTimeout(() => this.#endNudge(), NUDGE_MS);
    this.change({ frame: { ...frame, x: frame.x + dx, y: frame.y + dy } });
  }

  #endNudge(): void {
    clearTimeout(this.#nudgeTimer);
    const before = this.#nudged;
    this.#nudged = null;
    if (before) this.recordFrame(before);
  }

  /** The frame has been moved here from `before`: make that a step. */
  recordFrame(before: Frame): void {
    const after = this.#look.frame;
    this.board.record({
      undo: () => this.change({ frame: before }),
      redo: () => this.change({ frame: after }),
    });
    this.#settle();
  }

  extend(to: Direction): void {
    const content = this.board.bounds();
    if (!content) return;
    this.setFrame(extended(this.#look.frame, content, to));
    const { camera, frame, stage } = this.#look;
    if (this.#look.following || !sees(camera, rectOf(frame), stage)) this.showAll();
  }

  /** A picture was put on an empty board: the frame goes to it, and all of it is shown. */
  welcome(rect: Rect): void {
    const frame = frameFor(rect);
    this.change({ frame, brush: Math.round(frame.side / 8) });
    this.showAll();
  }

  // Tools

  setTool(tool: Tool): void {
    if (this.locked || this.#look.busy) return;
    this.change({ tool, selection: null });
  }

  setBrush(brush: number): void {
    this.change({ brush: Math.min(MOST_BRUSH, Math.max(LEAST_BRUSH, Math.round(brush))) });
  }

  /** A tenth larger or smaller, a pixel at least. */
  growBrush(way: 1 | -1): void {
    const { brush } = this.#look;
    const there = way > 0 ? Math.max(brush + 1, brush * 1.1) : Math.min(brush - 1, brush / 1.1);
    this.setBrush(there);
  }

  undo(): void {
    this.#endNudge();
    const { floating, busy } = this.#look;
    if (isShut(this.#look) || busy) return;
    if (floating) {
      takeBack(this);
    } else if (this.board.canUndo) {
      this.board.undo();
      this.#settle();
    }
  }

  redo(): void {
    this.#endNudge();
    if (this.locked || this.#look.busy || !this.board.canRedo) return;
    this.board.redo();
    this.#settle();
  }

  // Asking

  setAsk(ask: Ask | null): void {
    this.change({ ask, selection: null, crosshair: null, candidate: null, comparing: false, wipe: null });
  }

  #settle(): void {
    this.change({ settled: this.#look.settled + 1 });
  }
}
