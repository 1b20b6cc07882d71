export type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Keys that have no character of their own on some layouts (German, kana): by their place on the keyboard. */
const BY_CODE: Record<string, string> = {
  BracketLeft: "[",
  BracketRight: "]",
  Backslash: "\\",
  IntlYen: "\\",
  IntlRo: "\\",
};
/** What Shift makes of a bracket, the same on US and JIS keyboards. */
const SHIFTED: Record<string, string> = { "{": "[", "}": "]", "|": "\\" };

/**
 * Pressed keys as tables of shortcuts write them: `mod+a`, `alt+arrowup`, `?`. The character counts, wherever it is on
 * the keyboard; where a layout gives none of ASCII, the place does. Shift is named with letters, brackets and named
 * keys alone: what it makes of others is a character of its own. `mod` is Ctrl, on Apple's machines Command.
 */
export function chordOf(pressed: Pressed): string {
  const { ctrlKey, metaKey, altKey, shiftKey } = pressed;
  const name = nameOf(pressed);
  const shift = shiftKey && (name.length > 1 || /[a-z[\]\\]/.test(name));
  return [(ctrlKey || metaKey) && "mod", altKey && "alt", shift && "shift", name].filter(Boolean).join("+");
}

function nameOf({ key, code }: Pressed): string {
  if (key === " ") return "space";
  const shifted = SHIFTED[key];
  if (shifted) return shifted;
  if (/^[!-~]$/.test(key) || (key.length > 1 && !["Dead", "Process", "Unidentified"].includes(key)))
    return key.toLowerCase();
  return BY_CODE[code] ?? (/^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key.toLowerCase());
}

const SIGNS: Record<string, string> = {
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  enter: "Enter",
  escape: "Esc",
  shift: "Shift",
  alt: "Alt",
  space: "Space",
};

/** A chord's keys as they are printed on keyboards. */
export function keysOf(chord: string, apple: boolean): readonly string[] {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  return parts.map((part) => {
    if (part === "mod") return apple ? "⌘" : "Ctrl";
    return SIGNS[part] ?? part.toUpperCase();
  });
}

/** True where Command does what Ctrl does elsewhere. */
export function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
