import { useQueries } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { readJob, request } from "../api/client";
import { ApiFault } from "../api/errors";
import type { Job } from "../api/types";
import { isOver, type LiveJob, live } from "../jobs/reduce";
import { useShelf } from "../jobs/useShelf";
import { keyOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import type { Codec } from "./engine/codec";
import type { Pixels } from "./engine/geometry";
import type { Ask } from "./saved";

/** One finished picture of what was asked for. */
export interface Choice {
  /** `job/index`. */
  key: string;
  /** Undefined until they are there. */
  pixels: Pixels | undefined;
  failed: boolean;
  retry: () => void;
}

export interface Candidates {
  /** In the order in which they came. */
  choices: readonly Choice[];
  /** Jobs that are known, in that order. */
  jobs: readonly LiveJob[];
  /** Jobs the server has forgotten, with all that they had. */
  lost: readonly string[];
  /** Pictures still to come. */
  coming: number;
}

/** What came of an ask so far: from the jobs at hand, else from the server, also after a reload. */
export function useCandidates(ask: Ask | null, codec: Codec): Candidates {
  const shelf = useShelf();
  const { picture } = useLibrary();
  const ids = ask?.jobs ?? [];

  const asked = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["job", id],
      queryFn: () => readJob(id),
      enabled: !shelf.some((job) => job.id === id),
      retry: (times: number, error: Error) => !isForgotten(error) && times < 2,
    })),
  });
  const jobs = ids.flatMap((id, at) => {
    const listed = shelf.find((job) => job.id === id);
    // What was read once is no job any more when the server has forgotten it since.
    const read: Job | undefined = isForgotten(asked[at]?.error) ? undefined : asked[at]?.data;
    return listed ?? (read ? live(read) : []);
  });
  const lost = ids.filter((id, at) => !jobs.some((job) => job.id === id) && isForgotten(asked[at]?.error));

  const arrived = useRef(new Map<string, number>());
  const wanted = jobs
    .flatMap((job) =>
      job.data.map(({ index, url }) => ({ key: keyOf(job.id, index), jobId: job.id, index, url })),
    )
    .filter(({ key }) => !ask?.discarded.includes(key));
  // Later pictures go behind earlier ones, so that none changes its number while it is looked at.
  for (const { key } of wanted) if (!arrived.current.has(key)) arrived.current.set(key, arrived.current.size);
  const order = (key: string) => arrived.current.get(key) ?? 0;
  wanted.sort((one, other) => order(one.key) - order(other.key));
  const decoded = useQueries({
    queries: wanted.map(({ key, jobId, index, url }) => ({
      queryKey: ["candidate", key],
      queryFn: async () => {
        const blob = (await picture(jobId, index)) ?? (await (await request(url)).blob());
        return (await codec.decode(blob)).pixels;
      },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0, // megabytes each
      retry: 1,
      networkMode: "always" as const,
    })),
  });

  const choices = wanted.map(({ key }, at) => {
    const one = decoded[at];
    return {
      key,
      pixels: one?.data,
      failed: one?.isError ?? false,
      retry: () => void one?.refetch(),
    };
  });
  const coming = jobs
    .filter((job) => !isOver(job))
    .reduce((sum, job) => sum + job.n - job.data.length, ids.length - jobs.length - lost.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the queries' results say when anything changed
  return useMemo(() => ({ choices, jobs, lost, coming }), [ask, shelf, asked, decoded]);
}

function isForgotten(error: unknown): boolean {
  return error instanceof ApiFault && error.fault === "not_found";
}
