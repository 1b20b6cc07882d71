import { useSyncExternalStore } from "react";
import type { Size } from "../api/types";

export type Theme = "auto" | "light" | "dark";

/** What this browser remembers of somebody's taste. Nothing secret: it lies open in localStorage. */
export interface Preferences {
  theme: Theme;
  n: number;
  size: Size;
  previews: boolean;
  /** Remember what was asked for, in this browser. */
  prompts: boolean;
  /** Single keys do things. */
  shortcuts: boolean;
}

const STORED = "egaku.preferences";
export const SIZES: readonly Size[] = ["256x256", "512x512", "1024x1024"];
const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const DEFAULTS: Preferences = {
  theme: "auto",
  n: 4,
  size: "1024x1024",
  previews: true,
  prompts: true,
  shortcuts: true,
};

/** What was stored, as far as it makes sense today. */
export function parsePreferences(stored: string | null): Preferences {
  let read: Record<string, unknown>;
  try {
    read = Object(JSON.parse(stored ?? "{}")) as Record<string, unknown>;
  } catch {
    return DEFAULTS;
  }
  const { theme, n, size, previews, prompts, shortcuts } = read;
  return {
    theme: THEMES.find((one) => one === theme) ?? DEFAULTS.theme,
    n: Number.isInteger(n) && Number(n) >= 1 && Number(n) <= 10 ? Number(n) : DEFAULTS.n,
    size: SIZES.find((one) => one === size) ?? DEFAULTS.size,
    previews: typeof previews === "boolean" ? previews : DEFAULTS.previews,
    prompts: typeof prompts === "boolean" ? prompts : DEFAULTS.prompts,
    shortcuts: typeof shortcuts === "boolean" ? shortcuts : DEFAULTS.shortcuts,
  };
}

let current: Preferences | undefined;
const listeners = new Set<() => void>();
const darkness = () => window.matchMedia("(prefers-color-scheme: dark)");

export function getPreferences(): Preferences {
  current ??= parsePreferences(localStorage.getItem(STORED));
  return current;
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...getPreferences(), ...change };
  localStorage.setItem(STORED, JSON.stringify(current));
  showTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences);
}

/** Dress the page in the chosen theme, or the system's. */
function showTheme(): void {
  const { theme } = getPreferences();
  document.documentElement.dataset.theme = theme === "auto" ? (darkness().matches ? "dark" : "light") : theme;
}

export function startTheme(): void {
  showTheme();
  darkness().addEventListener("change", showTheme);
}
