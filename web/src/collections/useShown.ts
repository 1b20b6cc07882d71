import { useMemo } from "react";
import type { LiveJob } from "../jobs/reduce";
import { useShelf } from "../jobs/useShelf";
import { keyOf } from "../library/database";

export interface Shown {
  key: string;
  job: LiveJob;
  index: number;
}

/** Those of some pictures that there are, in their order. */
export function useShown(keys: readonly string[]): readonly Shown[] {
  const shelf = useShelf();
  return useMemo(() => {
    const wanted = new Set(keys);
    const found = new Map<string, Shown>();
    for (const job of shelf) {
      for (const { index } of job.data) {
        const key = keyOf(job.id, index);
        if (wanted.has(key)) found.set(key, { key, job, index });
      }
    }
    return keys.flatMap((key) => found.get(key) ?? []);
  }, [shelf, keys]);
}
