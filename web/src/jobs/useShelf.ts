import { useMemo } from "react";
import { keyOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import { useHidden } from "./hidden";
import { useJobs } from "./JobsProvider";
import { isOver, type LiveJob, live, newestFirst, without } from "./reduce";

/** All jobs there are pictures or hopes of, newest first: the server's, and those only this browser has. */
export function useShelf(): readonly LiveJob[] {
  const { jobs } = useJobs();
  const { kept } = useLibrary();
  const hidden = useHidden();
  return useMemo(() => {
    const known = new Set(jobs?.map((job) => job.id));
    const older = kept.filter((job) => !known.has(job.id)).map(live);
    return [...(jobs ?? []), ...older].flatMap((job) => inSight(job, hidden)).sort(newestFirst);
  }, [jobs, kept, hidden]);
}

/** A job without what is about to be deleted; none when that is all of it and no more will come. */
export function inSight(job: LiveJob, hidden: ReadonlySet<string>): readonly LiveJob[] {
  if (hidden.has(job.id)) return [];
  const away = job.data.map((one) => one.index).filter((index) => hidden.has(keyOf(job.id, index)));
  if (!away.length) return [job];
  const rest = without(job, away);
  return isOver(job) && !rest.data.length ? [] : [rest];
}
