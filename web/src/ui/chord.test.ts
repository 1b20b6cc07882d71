import { expect, it } from "vitest";
import { chordOf, keysOf } from "./chord";

const press = (
  key: string,
  code = "",
  held: Partial<Record<"ctrl" | "shift" | "alt" | "meta", true>> = {},
) => ({
  key,
  code,
  ctrlKey: held.ctrl ?? false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
  metaKey: held.meta ?? false,
});

it.each([
  ["US [", press("[", "BracketLeft"), "["],
  ["US Shift+[", press("{", "BracketLeft", { shift: true }), "shift+["],
  ["JIS [ is where US has ]", press("[", "BracketRight"), "["],
  ["JIS ] is where US has \\", press("]", "Backslash"), "]"],
  ["German ü", press("ü", "BracketLeft"), "["],
  ["JIS yen", press("¥", "IntlYen"), "\\"],
  ["US \\", press("\\", "Backslash"), "\\"],
  ["kana on E", press("い", "KeyE"), "e"],
  ["Cyrillic on A, with Ctrl", press("ф", "KeyA", { ctrl: true }), "mod+a"],
  ["an input method at work", press("Process", "KeyR"), "r"],
  ["AZERTY: the letter, not its place", press("m", "Semicolon"), "m"],
  ["Caps Lock", press("E", "KeyE"), "e"],
  ["Ctrl+Shift+Z", press("Z", "KeyZ", { ctrl: true, shift: true }), "mod+shift+z"],
  ["Command+Z", press("z", "KeyZ", { meta: true }), "mod+z"],
  ["? has its Shift in itself", press("?", "Slash", { shift: true }), "?"],
  ["+ too", press("+", "Equal", { shift: true }), "+"],
  ["/", press("/", "Slash"), "/"],
  ["Space", press(" ", "Space"), "space"],
  ["Alt+Up", press("ArrowUp", "ArrowUp", { alt: true }), "alt+arrowup"],
  ["Shift+Enter", press("Enter", "Enter", { shift: true }), "shift+enter"],
  ["Shift+Left", press("ArrowLeft", "ArrowLeft", { shift: true }), "shift+arrowleft"],
])("reads %s", (_, pressed, chord) => {
  expect(chordOf(pressed)).toBe(chord);
});

it("writes chords as keyboards do", () => {
  expect(keysOf("mod+a", false)).toEqual(["Ctrl", "A"]);
  expect(keysOf("mod+a", true)).toEqual(["⌘", "A"]);
  expect(keysOf("mod+shift+z", false)).toEqual(["Ctrl", "Shift", "Z"]);
  expect(keysOf("alt+arrowup", false)).toEqual(["Alt", "↑"]);
  expect(keysOf("?", false)).toEqual(["?"]);
  expect(keysOf("+", false)).toEqual(["+"]);
});
