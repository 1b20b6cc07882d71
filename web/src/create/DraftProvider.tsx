import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import type { Size } from "../api/types";
import { SIZES, usePreferences } from "../settings/preferences";
import type { Source } from "./source";

/** What is being asked for, before it is sent. */
export interface Draft {
  prompt: string;
  n: number;
  size: Size;
  /** As typed; empty for a random one. */
  seed: string;
  source: Source | null;
}

interface DraftState {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

const STORED = "egaku.draft";
const DraftContext = createContext<DraftState | null>(null);

function stored(): Partial<Draft> {
  try {
    const { prompt, n, size, seed } = JSON.parse(sessionStorage.getItem(STORED) ?? "{}") as Partial<Draft>;
    return {
      ...(typeof prompt === "string" && { prompt }),
      ...(Number.isInteger(n) && n !== undefined && { n }),
      ...(size && SIZES.includes(size) && { size }),
      ...(typeof seed === "string" && { seed }),
    };
  } catch {
    return {};
  }
}

/** Keeps the draft while somebody looks at other pages, and over a reload. */
export function DraftProvider({ children }: { children: ReactNode }): ReactNode {
  const { n, size } = usePreferences();
  const [draft, setDraft] = useState<Draft>(() => ({
    prompt: "",
    n,
    size,
    seed: "",
    source: null,
    ...stored(),
  }));

  useEffect(() => {
    const { source: _, ...rest } = draft;
    sessionStorage.setItem(STORED, JSON.stringify(rest));
  }, [draft]);

  const value = useMemo<DraftState>(
    () => ({ draft, change: (part) => setDraft((before) => ({ ...before, ...part })) }),
    [draft],
  );
  return <DraftContext value={value}>{children}</DraftContext>;
}

export function useDraft(): DraftState {
  const draft = use(DraftContext);
  if (!draft) throw new Error("useDraft outside DraftProvider");
  return draft;
}

/** The seed as a number; undefined for none; null for what is no seed. */
export function parseSeed(text: string): number | undefined | null {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const seed = Number(trimmed);
  return /^\d+$/.test(trimmed) && Number.isSafeInteger(seed) ? seed : null;
}
