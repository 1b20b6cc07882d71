import { toPicture, wheelFactor } from "./camera";
import { type Desk, isShut } from "./desk";
import type { Point } from "./engine/geometry";
import { begin, type Gesture } from "./gestures";

/** A second finger this soon was meant from the start: the first one's stroke is taken back. */
const SOON_MS = 120;

interface Drawing {
  id: number;
  gesture: Gesture;
  since: number;
}

/** Turns what pointers and wheels do over the stage into strokes, drags, pans and zooms. */
export class Pointers {
  #drawing: Drawing | null = null;
  /** Pointers that move or pinch the picture, and where they are on the stage. */
  #moving = new Map<number, Point>();
  /** Where the finger that draws is. */
  #touched: Point | null = null;
  #penSeen = false;
  #stop = new AbortController();

  constructor(
    private readonly stage: HTMLElement,
    private readonly desk: Desk,
    /** Where a mouse or pen hovers on the stage; null when it is not over it or draws no ring (touch). */
    private readonly hover: (at: Point | null) => void,
  ) {
    const { signal } = this.#stop;
    const on = <K extends keyof HTMLElementEventMap>(
      what: K,
      act: (event: HTMLElementEventMap[K]) => void,
    ): void => stage.addEventListener(what, act, { signal });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => this.#up(event.pointerId));
    on("pointercancel", (event) => this.#up(event.pointerId));
    on("lostpointercapture", (event) => this.#up(event.pointerId));
    on("pointerleave", () => this.hover(null));
    on("contextmenu", (event) => event.preventDefault());
    on("dragstart", (event) => event.preventDefault());
    window.addEventListener("blur", () => this.#letGo(), { signal });
    stage.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    // Ctrl+wheel anywhere on the page would zoom the page itself.
    window.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), {
      signal,
      passive: false,
    });
  }

  close(): void {
    this.#letGo();
    this.#stop.abort();
  }

  /** Take back the stroke under way; false when there is none. */
  cancel(): boolean {
    if (!this.#drawing) return false;
    this.#drawing.gesture.cancel();
    this.#drawing = null;
    return true;
  }

  #at(event: MouseEvent): Point {
    const box = this.stage.getBoundingClientRect();
    return {
      x: event.clientX - box.x - this.stage.clientLeft,
      y: event.clientY - box.y - this.stage.clientTop,
    };
  }

  #down(event: PointerEvent): void {
    const at = this.#at(event);
    const touch = event.pointerType === "touch";
    if (event.pointerType === "pen") this.#penSeen = true;
    this.stage.focus({ preventScroll: true });
    this.desk.change({ crosshair: null });
    if (touch && this.#drawing) {
      this.#yield(event.timeStamp);
      this.#hold(event, at);
      return;
    }
    if (this.#drawing) return; // another button of the mouse that draws
    const { look } = this.desk;
    const { tool, panning } = look;
    const pans =
      this.#moving.size > 0 || event.button === 1 || panning || isShut(look) || (touch && this.#penSeen);
    const gesture = pans
      ? null
      : begin(this.desk, tool, toPicture(this.desk.look.camera, at), event.button === 2 || event.altKey);
    if (!gesture) {
      this.#hold(event, at);
      return;
    }
    this.#drawing = { id: event.pointerId, gesture, since: event.timeStamp };
    this.#touched = touch ? at : null;
    this.stage.setPointerCapture(event.pointerId);
  }

  #hold(event: PointerEvent, at: Point): void {
    if (event.button === 1) event.preventDefault(); // no autoscroll
    this.#moving.set(event.pointerId, at);
    this.stage.setPointerCapture(event.pointerId);
  }

  /** A second finger came: both move the picture from here on. */
  #yield(now: number): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    this.#drawing = null;
    if (now - drawing.since < SOON_MS) drawing.gesture.cancel();
    else drawing.gesture.end();
    if (this.#touched) this.#moving.set(drawing.id, this.#touched);
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event);
    if (event.pointerType !== "touch") {
      this.hover(at);
      if (this.desk.look.crosshair) this.desk.change({ crosshair: null });
    }
    if (this.#drawing?.id === event.pointerId) {
      if (event.pointerType === "touch") this.#touched = at;
      // Only secure contexts have the events between two frames.
      const parts = event.getCoalescedEvents?.() ?? [];
      const all = parts.length ? parts : [event];
      const { camera } = this.desk.look;
      this.#drawing.gesture.move(
        all.map((one) => toPicture(camera, this.#at(one))),
        { alt: event.altKey },
      );
      return;
    }
    const was = this.#moving.get(event.pointerId);
    if (!was) return;
    this.#moving.set(event.pointerId, at);
    const other = [...this.#moving].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.#pinch(was, at, other);
    else this.desk.pan(at.x - was.x, at.y - was.y);
  }

  /** One finger of two moved. */
  #pinch(was: Point, at: Point, other: Point): void {
    this.desk.pan((at.x - was.x) / 2, (at.y - was.y) / 2);
    const before = Math.hypot(was.x - other.x, was.y - other.y);
    const after = Math.hypot(at.x - other.x, at.y - other.y);
    if (before < 1 || after < 1) return;
    this.desk.zoom(after / before, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  }

  #up(id: number): void {
    this.#moving.delete(id);
    if (this.#drawing?.id !== id) return;
    const { gesture } = this.#drawing;
    this.#drawing = null;
    gesture.end();
  }

  #letGo(): void {
    this.#moving.clear();
    if (this.#drawing) this.#up(this.#drawing.id);
    if (this.desk.look.panning) this.desk.change({ panning: false });
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    if (!event.altKey) this.desk.zoom(wheelFactor(event), this.#at(event));
    else if (event.deltaY !== 0) this.desk.growBrush(event.deltaY < 0 ? 1 : -1);
  }
}
