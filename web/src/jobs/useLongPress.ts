import { type DragEvent, type MouseEvent, type PointerEvent, useRef } from "react";

const HOLD_MS = 450;
/** Pixels a finger may move and still be holding. */
const STEADY = 10;
/** How long after it is lifted its click may come; some browsers send none. */
const CLICK_MS = 400;

interface Handlers {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onClickCapture: (event: MouseEvent) => void;
  onContextMenu: (event: MouseEvent) => void;
  onDragStartCapture: (event: DragEvent) => void;
}

export interface LongPress {
  handlers: Handlers;
  /** The finger has done its thing, and what comes of lifting it is not meant. */
  lifting: () => boolean;
}

/** For an element that does something when a finger rests on it. Mouse and pen are left alone. */
export function useLongPress(act: () => void): LongPress {
  const held = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const finger = useRef(false);
  const acted = useRef(false);
  const release = () => {
    if (held.current) clearTimeout(held.current.timer);
    held.current = null;
  };
  const lift = () => {
    release();
    setTimeout(() => {
      acted.current = false;
    }, CLICK_MS);
  };
  const open = () => {
    release();
    acted.current = true;
    act();
  };
  const handlers: Handlers = {
    onPointerDown: (event) => {
      acted.current = false;
      finger.current = event.pointerType === "touch";
      if (!finger.current) return;
      const timer = setTimeout(open, HOLD_MS);
      held.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event) => {
      const from = held.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STEADY) release();
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    // The click that ends it must not open the link, nor may the browser's own menu come.
    onClickCapture: (event) => {
      if (!acted.current) return;
      acted.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    // Some browsers have their own idea of how long is long, others tell nothing: whoever is first.
    onContextMenu: (event) => {
      if (!finger.current) return;
      event.preventDefault();
      if (!acted.current) open();
    },
    onDragStartCapture: (event) => {
      if (finger.current) event.preventDefault();
    },
  };
  return { handlers, lifting: () => acted.current };
}
