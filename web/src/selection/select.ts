/** Which of several pictures are selected, by key. */
export interface Selected {
  keys: ReadonlySet<string>;
  /** The one pressed last: ranges begin there. */
  anchor: string | null;
}

export const NONE: Selected = { keys: new Set(), anchor: null };

/** With one more, or one less. */
export function toggle(selected: Selected, key: string): Selected {
  const keys = new Set(selected.keys);
  if (!keys.delete(key)) keys.add(key);
  return { keys, anchor: key };
}

/** With all from the anchor to this one, in the order they are shown. */
export function extend(selected: Selected, order: readonly string[], key: string): Selected {
  const from = selected.anchor === null ? -1 : order.indexOf(selected.anchor);
  const to = order.indexOf(key);
  if (from < 0 || to < 0) return toggle(selected, key);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { keys: new Set([...selected.keys, ...range]), anchor: selected.anchor };
}
