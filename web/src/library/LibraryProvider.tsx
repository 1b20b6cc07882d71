import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { request } from "../api/client";
import { isGone } from "../api/errors";
import type { Job } from "../api/types";
import { useJobs } from "../jobs/JobsProvider";
import { isOver, type LiveJob } from "../jobs/reduce";
import {
  favouriteKeys,
  type KeptInputs,
  keepJob,
  keepPictures,
  keptJobs,
  keyOf,
  type Library,
  makeRoom,
  placeOf,
  setFavourite,
} from "./database";
import { keepInputs, sweepInputs } from "./inputs";
import { LIBRARY, library, useStored } from "./stored";

const FULL = ["library-full"] as const;
/** Tells the app in other tabs that what is stored has changed. */
const CHANNEL = "egaku.library";

interface Shelf {
  /** Kept jobs, newest first; empty until they are read. */
  kept: readonly Job[];
  favourites: ReadonlySet<string>;
  /** The browser has no room for more. */
  full: boolean;
  picture: (jobId: string, index: number) => Promise<Blob | null>;
  /** Set or clear favourites. Throws where a picture is neither kept nor to be had. */
  favour: (keys: readonly string[], favourite: boolean) => Promise<void>;
  /** Keep pictures that are not yet, as those of old jobs are. Throws where one cannot be had any more. */
  keep: (keys: readonly string[]) => Promise<void>;
  /** Keep what a job is made from. A browser without room goes on without it. */
  keepInputs: (inputs: Omit<KeptInputs, "keptAt">) => Promise<void>;
  /** Remove the oldest that nobody wants kept until so many bytes are free; how many were freed. */
  makeRoom: (bytes: number) => Promise<number>;
  /** Change what is stored, after which all that shows it is read anew. */
  change: <T>(what: (library: Library) => Promise<T>) => Promise<T>;
}

/** Jobs whose pictures are fetched: a new browser must not fetch all that a server ever drew. */
const NEWEST = 24;
/** After a line was cut. */
const AGAIN_MS = 5000;

const ShelfContext = createContext<Shelf | null>(null);

const readPicture = async (url: string) => (await request(url)).blob();

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

function recordOf({ previews: _, parts: __, gone: ___, ...job }: LiveJob): Job {
  return job;
}

/** Keeps finished pictures in the browser, so that they outlive the server's links and records. */
export function LibraryProvider({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const { jobs } = useJobs();
  const latest = useRef(jobs);
  const tried = useRef(new Set<string>());
  const [round, tryAgain] = useState(0);
  const keeping = useRef(Promise.resolve());
  const data = useStored("shelf", null, async (open) => {
    const [kept, favourites] = await Promise.all([keptJobs(open), favouriteKeys(open)]);
    return { kept, favourites };
  });
  const { data: full = false } = useQuery({
    queryKey: FULL,
    queryFn: () => false,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const tabs = useMemo(() => new BroadcastChannel(CHANNEL), []);
  useEffect(() => {
    tabs.onmessage = () => void client.invalidateQueries({ queryKey: LIBRARY });
  }, [tabs, client]);

  const change = useCallback(
    async <T,>(what: (library: Library) => Promise<T>): Promise<T> => {
      try {
        return await what(await library());
      } catch (error) {
        if (isQuota(error)) client.setQueryData(FULL, true);
        throw error;
      } finally {
        void client.invalidateQueries({ queryKey: LIBRARY });
        tabs.postMessage(null);
      }
    },
    [client, tabs],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: in another round what failed is tried again
  useEffect(() => {
    latest.current = jobs;
    for (const job of jobs?.slice(0, NEWEST) ?? []) {
      if (!isOver(job) || !job.data.length || tried.current.has(job.id)) continue;
      tried.current.add(job.id);
      keeping.current = keeping.current.then(() =>
        change((open) => keepJob(open, recordOf(job), readPicture)).catch((error: unknown) => {
          // Without room, or where the server has lost one, the others are shown from the server while it has them.
          if (isQuota(error) || isGone(error)) return;
          setTimeout(() => {
            tried.current.delete(job.id);
            tryAgain((round) => round + 1);
          }, AGAIN_MS);
        }),
      );
    }
  }, [jobs, change, round]);

  useEffect(
    () =>
      void library()
        .then(sweepInputs)
        .catch(() => undefined),
    [],
  );

  const value = useMemo<Shelf>(() => {
    async function keep(keys: readonly string[]): Promise<void> {
      for (const jobId of new Set(keys.map((key) => placeOf(key).jobId))) {
        const job = latest.current?.find((one) => one.id === jobId);
        const kept = job && isOver(job) ? keepJob : keepPictures; // the record of one under way will follow
        if (job) await change((open) => kept(open, recordOf(job), readPicture));
      }
      const open = await library();
      for (const key of keys) if (!(await open.getKey("pictures", key))) throw new Error("not kept");
    }
    return {
      kept: data?.kept ?? [],
      favourites: data?.favourites ?? new Set(),
      full,
      picture: async (jobId, index) => {
        try {
          return (await (await library()).get("pictures", keyOf(jobId, index)))?.blob ?? null;
        } catch {
          return null; // a store that cannot be read keeps nothing
        }
      },
      favour: async (keys, favourite) => {
        if (favourite) await keep(keys);
        await change((open) => setFavourite(open, keys, favourite));
      },
      keep,
      keepInputs: (inputs) => change((open) => keepInputs(open, inputs)).catch(() => undefined),
      makeRoom: async (bytes) => {
        const freed = await change((open) => makeRoom(open, bytes));
        client.setQueryData(FULL, false);
        return freed;
      },
      change,
    };
  }, [data, full, change, client]);
  return <ShelfContext value={value}>{children}</ShelfContext>;
}

export function useLibrary(): Shelf {
  const shelf = use(ShelfContext);
  if (!shelf) throw new Error("useLibrary outside LibraryProvider");
  return shelf;
}
