import { useEffect, useState } from "react";
import { type AroundNavHandler, useLocation } from "wouter";

/** What each entry of the browser's history holds beside its address. Unlike an address, no server ever sees it. */
interface Entry {
  /** Whether the entry before it is one of ours. */
  inside?: boolean;
  [name: string]: unknown;
}

const REST = 200;

function entry(): Entry {
  return (window.history.state as Entry | null) ?? {};
}

/** Notes in each new entry that it was reached from within the app. */
export const leaveTrail: AroundNavHandler = (navigate, to, options) =>
  navigate(to, { ...options, state: { inside: options?.replace ? entry().inside : true } });

/** Back to where one came from within the app, else to `home`. */
export function useBack(home: string): () => void {
  const [, go] = useLocation();
  return () => (entry().inside ? window.history.back() : go(home));
}

/** State that is there again when one comes back to its page. */
export function useEntryState<T>(name: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => (entry()[name] as T | undefined) ?? initial);
  useEffect(() => {
    if (value === (entry()[name] ?? initial)) return;
    // Not with every letter: browsers refuse more than a few a second.
    const timer = setTimeout(() => window.history.replaceState({ ...entry(), [name]: value }, ""), REST);
    return () => clearTimeout(timer);
  }, [name, value, initial]);
  return [value, setValue];
}
