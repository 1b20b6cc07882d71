import { useEffect, useRef } from "react";
import { getPreferences } from "../settings/preferences";
import { chordOf } from "../ui/chord";
import { type Command, chordsOf } from "./shortcuts";

const BUSY = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=menu], [role=dialog]";

/** True where letters are typed or keys have a meaning already. */
export function isBusy(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(BUSY) !== null;
}

/**
 * Do something when a command's keys are pressed and nobody is typing. `released` is done when they are let go. Single
 * keys can be switched off in Settings (WCAG 2.1.4). Null: not now.
 */
export function useShortcut(command: Command | null, act: () => void, released?: () => void): void {
  const latest = useRef({ act, released });
  latest.current = { act, released };

  useEffect(() => {
    const chords = command === null ? [] : chordsOf(command);
    let held = false;
    function press(event: KeyboardEvent): void {
      if (!chords.includes(chordOf(event)) || event.repeat || event.isComposing) return;
      if (isBusy(event.target)) return;
      if (!getPreferences().shortcuts) return;
      event.preventDefault();
      held = true;
      latest.current.act();
    }
    function release(): void {
      if (held) latest.current.released?.();
      held = false;
    }
    window.addEventListener("keydown", press);
    window.addEventListener("keyup", release);
    window.addEventListener("blur", release);
    return () => {
      window.removeEventListener("keydown", press);
      window.removeEventListener("keyup", release);
      window.removeEventListener("blur", release);
    };
  }, [command]);
}
