import { type RefObject, useEffect, useRef } from "react";
import { closeLasso, stamp, step } from "./crosshair";
import { type Desk, ZOOM } from "./desk";
import { takeBack } from "./floating";
import { type Command, commandOf, TOOLS, type Tool, type Where } from "./keymap";
import type { Pointers } from "./pointers";
import type { Asking } from "./useAsk";

interface Keyed {
  desk: Desk;
  asking: Asking;
  stage: RefObject<HTMLDivElement | null>;
  pointers: RefObject<Pointers | null>;
  generate: () => void;
  setDown: () => void;
  giveUp: () => void;
  showKeys: () => void;
}

const TYPED_INTO =
  "textarea, select, input:not([type=range]):not([type=radio]):not([type=checkbox]):not([type=file])";

/** Listens to the keys of keymap.ts for as long as the editor is open. */
export function useKeys(keyed: Keyed): void {
  // The listeners stay, what they call changes with every render.
  const latest = useRef(keyed);
  useEffect(() => {
    latest.current = keyed;
  });

  useEffect(() => {
    const down = (event: KeyboardEvent) => onDown(event, latest.current);
    const up = (event: KeyboardEvent) => onUp(event, latest.current.desk);
    const blur = () => latest.current.desk.look.comparing && latest.current.desk.change({ comparing: false });
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", blur);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", blur);
    };
  }, []);
}

function onDown(event: KeyboardEvent, keyed: Keyed): void {
  const { target } = event;
  if (event.defaultPrevented || event.isComposing || !(target instanceof Element)) return;
  if (target.closest("[role=dialog], [role=alertdialog], [role=menu]")) return;
  const typing = target.closest(TYPED_INTO) !== null;
  const command = commandOf(event, placesOf(target, keyed));
  if (!command || (typing && command !== "generate")) return;
  // Buttons have Enter, and sliders their arrows, for themselves.
  if ((command === "accept" || command === "set_down") && target.closest("button, a, [role=button]")) return;
  if ((command === "previous" || command === "next") && target.matches("input")) return;
  if (run(command, event, keyed)) event.preventDefault();
}

function placesOf(target: Element, { desk, stage }: Keyed): ReadonlySet<Where> {
  const places = new Set<Where>(["anywhere"]);
  const { ask, floating, elsewhere } = desk.look;
  if (ask && !elsewhere) places.add("choosing");
  if (floating && !elsewhere) places.add("placing");
  if (stage.current?.contains(target) || target === document.body) places.add("canvas");
  return places;
}

/** Do what a key asks for; false when there was nothing to do. */
function run(command: Command, event: KeyboardEvent, keyed: Keyed): boolean {
  const { desk, asking, pointers } = keyed;
  const act = ACTS[command];
  if (isTool(command)) desk.setTool(command);
  else if (act) act(desk, event);
  else if (command === "generate") keyed.generate();
  else if (command === "help") keyed.showKeys();
  else if (command === "cancel") keyed.giveUp();
  else if (command === "set_down") keyed.setDown();
  else if (command === "take_back") {
    if (!pointers.current?.cancel()) takeBack(desk);
  } else if (command === "drop_selection") {
    if (!pointers.current?.cancel()) desk.change({ selection: null });
  } else if (asking.choices.length > 0) CHOICES[command]?.(asking, event);
  else return false;
  return true;
}

/** What keys do to what lies on the desk. */
const ACTS: Partial<Record<Command, (desk: Desk, event: KeyboardEvent) => void>> = {
  smaller: (desk) => desk.growBrush(-1),
  larger: (desk) => desk.growBrush(1),
  smaller_one: (desk) => desk.setBrush(desk.look.brush - 1),
  larger_one: (desk) => desk.setBrush(desk.look.brush + 1),
  undo: (desk) => desk.undo(),
  redo: (desk) => desk.redo(),
  zoom_in: (desk) => desk.zoom(ZOOM),
  zoom_out: (desk) => desk.zoom(1 / ZOOM),
  fit: (desk) => desk.showAll(),
  actual: (desk) => desk.actual(),
  step: (desk, event) => step(desk, event.key, false),
  leap: (desk, event) => step(desk, event.key, true),
  nudge: (desk, event) => step(desk, event.key, false),
  nudge_far: (desk, event) => step(desk, event.key, true),
  close_lasso: closeLasso,
  stamp: (desk) => {
    if (desk.look.crosshair && !desk.locked) stamp(desk);
    else if (!desk.look.panning) desk.change({ panning: true });
  },
  compare: (desk, event) => {
    if (desk.look.candidate && !event.repeat) desk.change({ comparing: true });
  },
  wipe: (desk) => {
    if (desk.look.candidate) desk.change({ wipe: desk.look.wipe === null ? 0.5 : null });
  },
};

/** What keys do where there is something to choose from. */
const CHOICES: Partial<Record<Command, (asking: Asking, event: KeyboardEvent) => void>> = {
  pick: (asking, event) => asking.pick(Number(event.key) - 1),
  previous: (asking) => asking.leaf(-1),
  next: (asking) => asking.leaf(1),
  accept: (asking) => asking.accept(),
  discard: (asking) => asking.discard(),
  more: (asking) => asking.more(),
};

function onUp(event: KeyboardEvent, desk: Desk): void {
  if (event.code === "Space" && desk.look.panning) desk.change({ panning: false });
  const compares = commandOf(event, new Set<Where>(["choosing"])) === "compare";
  if (compares && desk.look.comparing) desk.change({ comparing: false });
}

function isTool(command: Command): command is Tool {
  return (TOOLS as readonly string[]).includes(command);
}
