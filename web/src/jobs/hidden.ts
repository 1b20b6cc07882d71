import { useSyncExternalStore } from "react";

/** Where a page that is closed leaves the deletions it had begun. */
const STORED = "egaku.deleting";

/** Jobs (by id) and pictures (by key) whose deletion has begun and is not known to have ended. */
export function begun(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    return Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

export function begin(ids: readonly string[]): void {
  store([...begun(), ...ids]);
}

export function end(ids: readonly string[]): void {
  store(begun().filter((id) => !ids.includes(id)));
}

function store(ids: readonly string[]): void {
  if (ids.length) localStorage.setItem(STORED, JSON.stringify([...new Set(ids)]));
  else localStorage.removeItem(STORED);
}

/** Those about to be deleted, out of sight while that can be undone. */
let hidden: ReadonlySet<string> = new Set(begun());
const listeners = new Set<() => void>();

export function hide(ids: readonly string[], away: boolean): void {
  const changed = new Set(hidden);
  for (const id of ids) {
    if (away) changed.add(id);
    else changed.delete(id);
  }
  hidden = changed;
  for (const listener of listeners) listener();
}

export function useHidden(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden,
  );
}
