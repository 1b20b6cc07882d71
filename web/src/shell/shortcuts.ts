/** Every key of the app's pages in one table: what is pressed, and where. The editor has its own. */

export const WHERE = ["anywhere", "create", "history", "image"] as const;
export type Where = (typeof WHERE)[number];

export interface Shortcut {
  command: Command;
  where: Where;
  chords: readonly string[];
}

export type Command =
  | "help"
  | "send"
  | "newline"
  | "recall"
  | "search"
  | "select_one"
  | "select_range"
  | "select_all"
  | "select_stop"
  | "walk"
  | "favourite"
  | "wipe"
  | "hold";

/** `click` is no key: the mouse with keys held. */
export const SHORTCUTS: readonly Shortcut[] = [
  { command: "help", where: "anywhere", chords: ["?"] },
  { command: "send", where: "create", chords: ["enter"] },
  { command: "newline", where: "create", chords: ["shift+enter"] },
  { command: "recall", where: "create", chords: ["alt+arrowup", "alt+arrowdown"] },
  { command: "search", where: "history", chords: ["/"] },
  { command: "select_one", where: "history", chords: ["mod+click"] },
  { command: "select_range", where: "history", chords: ["shift+click"] },
  { command: "select_all", where: "history", chords: ["mod+a"] },
  { command: "select_stop", where: "history", chords: ["escape"] },
  { command: "walk", where: "image", chords: ["arrowleft", "arrowright"] },
  { command: "favourite", where: "image", chords: ["f"] },
  { command: "wipe", where: "image", chords: ["c"] },
  { command: "hold", where: "image", chords: ["\\"] },
];

/** The chords of a command. */
export function chordsOf(command: Command): readonly string[] {
  return SHORTCUTS.find((one) => one.command === command)?.chords ?? [];
}
