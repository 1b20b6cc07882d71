import { type KeyboardEvent, useRef, useState } from "react";
import { listPrompts } from "../library/prompts";
import { library } from "../library/stored";
import { chordsOf } from "../shell/shortcuts";
import { chordOf } from "../ui/chord";

interface Recalling {
  prompts: readonly string[];
  /** Which one is shown. */
  at: number;
  /** What was typed before; it comes after the newest. */
  typed: string;
}

export interface PromptRecall {
  onKeyDown: (event: KeyboardEvent) => void;
  /** Which earlier prompt is shown, from 1; null for what was typed. */
  shown: { number: number; total: number } | null;
}

/** Walk through what was asked for before, as a shell does: back with Alt+Up, forth with Alt+Down. */
export function usePromptRecall(prompt: string, setPrompt: (prompt: string) => void): PromptRecall {
  const recalling = useRef<Recalling | null>(null);
  const [shown, setShown] = useState<PromptRecall["shown"]>(null);
  const current = recalling.current;
  const typing = current !== null && prompt !== (current.prompts[current.at] ?? current.typed);

  async function walk(step: number): Promise<void> {
    if (!recalling.current || typing) {
      const prompts = (await listPrompts(await library())).filter((one) => one !== prompt);
      recalling.current = { prompts, at: -1, typed: prompt };
    }
    const { prompts, at, typed } = recalling.current;
    const next = Math.min(prompts.length - 1, Math.max(-1, at + step));
    recalling.current.at = next;
    setShown(next < 0 ? null : { number: next + 1, total: prompts.length });
    setPrompt(prompts[next] ?? typed);
  }

  return {
    shown: typing ? null : shown,
    onKeyDown: (event) => {
      const [back] = chordsOf("recall");
      const chord = chordOf(event);
      if (!chordsOf("recall").includes(chord)) return;
      event.preventDefault();
      void walk(chord === back ? 1 : -1);
    },
  };
}
