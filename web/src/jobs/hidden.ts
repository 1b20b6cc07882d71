import { useSyncExternalStore } from "react";

/** Jobs (by id) and pictures (by key) about to be deleted, out of sight while that can be undone. */
let hidden: ReadonlySet<string> = new Set();
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
