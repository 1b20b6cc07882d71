/** Every key of the editor, in one table: what is pressed, what is shown on the sheet, what buttons say of themselves. */

import { chordOf, type Pressed } from "../ui/chord";

/** Where a key counts. The first that fits wins, in this order. */
export type Where = "choosing" | "placing" | "canvas" | "anywhere";
export const PLACES: readonly Where[] = ["choosing", "placing", "canvas", "anywhere"];

export interface Binding {
  command: Command;
  where: Where;
  /** `mod` is Ctrl, on Apple's machines Command. */
  chords: readonly string[];
}

export const TOOLS = ["erase", "restore", "rectangle", "lasso", "hand", "frame"] as const;
export type Tool = (typeof TOOLS)[number];

export type Command =
  | Tool
  | "smaller"
  | "larger"
  | "smaller_one"
  | "larger_one"
  | "undo"
  | "redo"
  | "zoom_in"
  | "zoom_out"
  | "fit"
  | "actual"
  | "generate"
  | "help"
  | "step"
  | "leap"
  | "stamp"
  | "close_lasso"
  | "drop_selection"
  | "nudge"
  | "nudge_far"
  | "set_down"
  | "take_back"
  | "pick"
  | "previous"
  | "next"
  | "accept"
  | "discard"
  | "more"
  | "cancel"
  | "compare"
  | "wipe";

const ARROWS = ["arrowleft", "arrowright", "arrowup", "arrowdown"] as const;
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

export const KEYMAP: readonly Binding[] = [
  { command: "erase", where: "anywhere", chords: ["e"] },
  { command: "restore", where: "anywhere", chords: ["r"] },
  { command: "rectangle", where: "anywhere", chords: ["m"] },
  { command: "lasso", where: "anywhere", chords: ["l"] },
  { command: "hand", where: "anywhere", chords: ["h"] },
  { command: "frame", where: "anywhere", chords: ["f"] },
  { command: "smaller", where: "anywhere", chords: ["["] },
  { command: "larger", where: "anywhere", chords: ["]"] },
  { command: "smaller_one", where: "anywhere", chords: ["shift+["] },
  { command: "larger_one", where: "anywhere", chords: ["shift+]"] },
  { command: "undo", where: "anywhere", chords: ["mod+z"] },
  { command: "redo", where: "anywhere", chords: ["mod+shift+z", "mod+y"] },
  { command: "zoom_in", where: "anywhere", chords: ["+", "="] },
  { command: "zoom_out", where: "anywhere", chords: ["-"] },
  { command: "fit", where: "anywhere", chords: ["0"] },
  { command: "actual", where: "anywhere", chords: ["1"] },
  { command: "generate", where: "anywhere", chords: ["mod+enter"] },
  { command: "help", where: "anywhere", chords: ["?"] },
  { command: "step", where: "canvas", chords: ARROWS },
  { command: "leap", where: "canvas", chords: ARROWS.map((one) => `shift+${one}`) },
  { command: "stamp", where: "canvas", chords: ["space"] },
  { command: "close_lasso", where: "canvas", chords: ["enter"] },
  { command: "drop_selection", where: "canvas", chords: ["escape"] },
  { command: "nudge", where: "placing", chords: ARROWS },
  { command: "nudge_far", where: "placing", chords: ARROWS.map((one) => `shift+${one}`) },
  { command: "set_down", where: "placing", chords: ["enter"] },
  { command: "take_back", where: "placing", chords: ["escape"] },
  { command: "pick", where: "choosing", chords: DIGITS },
  { command: "previous", where: "choosing", chords: ["arrowleft"] },
  { command: "next", where: "choosing", chords: ["arrowright"] },
  { command: "accept", where: "choosing", chords: ["enter"] },
  { command: "discard", where: "choosing", chords: ["x"] },
  { command: "more", where: "choosing", chords: ["g"] },
  { command: "cancel", where: "choosing", chords: ["escape"] },
  { command: "compare", where: "choosing", chords: ["\\"] },
  { command: "wipe", where: "choosing", chords: ["c"] },
];

/** What a key asks for in the places where it counts now. */
export function commandOf(event: Pressed, places: ReadonlySet<Where>): Command | null {
  const chord = chordOf(event);
  for (const place of PLACES) {
    if (!places.has(place)) continue;
    const found = KEYMAP.find((one) => one.where === place && one.chords.includes(chord));
    if (found) return found.command;
  }
  return null;
}

/** `aria-keyshortcuts` of a command's button (WAI-ARIA 1.2). */
export function ariaKeys(command: Command): string {
  const chords = KEYMAP.find((one) => one.command === command)?.chords ?? [];
  return chords.map((chord) => chord.split("+").map(ariaName).join("+") || "+").join(" ");
}

function ariaName(part: string): string {
  if (part === "mod") return "Control";
  if (part === "space") return "Space";
  if (part.startsWith("arrow")) return `Arrow${capital(part.slice(5))}`;
  return part.length === 1 ? part.toUpperCase() : capital(part);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
