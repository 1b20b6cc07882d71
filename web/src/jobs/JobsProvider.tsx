import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import type { Job, JobEvent } from "../api/types";
import { type Link, Listener } from "./listen";
import { type LiveJob, live, put, reduce, without } from "./reduce";

const JOBS = ["jobs"] as const;
/** The key of a job that is asked for alone. */
export const oneJob = (id: string) => ["job", id] as const;

interface Jobs {
  /** Newest first; undefined until the server has told. */
  jobs: readonly LiveJob[] | undefined;
  link: Link;
  /** A job as it is now, by the events or by a page that asked for it alone. */
  find: (id: string) => Job | undefined;
  /** A job that was just accepted or changed by a call. */
  accept: (job: Job) => void;
  forget: (id: string) => void;
  forgetPictures: (id: string, indexes: readonly number[]) => void;
  /** Connect anew, at once. */
  reconnect: () => void;
}

const JobsContext = createContext<Jobs | null>(null);

/** Keeps the jobs of this caller up to date for everything below. */
export function JobsProvider({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [link, setLink] = useState<Link>("connecting");
  const { data: jobs } = useQuery<readonly LiveJob[]>({
    queryKey: JOBS,
    queryFn: () => client.getQueryData<readonly LiveJob[]>(JOBS) ?? [],
    enabled: false, // events fill it
  });

  const tell = useCallback(
    (event: JobEvent) =>
      client.setQueryData<readonly LiveJob[]>(JOBS, (known) =>
        known || event.what === "snapshot" ? reduce(known ?? [], event) : known,
      ),
    [client],
  );
  const listener = useMemo(() => new Listener(tell, setLink), [tell]);

  useEffect(() => {
    const hurry = () => listener.hurry();
    listener.open();
    window.addEventListener("online", hurry);
    return () => {
      window.removeEventListener("online", hurry);
      listener.close();
    };
  }, [listener]);

  const value = useMemo<Jobs>(
    () => ({
      jobs,
      link,
      accept: (job) => client.setQueryData<readonly LiveJob[]>(JOBS, (known) => put(known ?? [], job)),
      find: (id) =>
        client.getQueryData<readonly LiveJob[]>(JOBS)?.find((job) => job.id === id) ??
        client.getQueryData<Job>(oneJob(id)),
      forget: (id) => {
        client.removeQueries({ queryKey: oneJob(id) });
        tell({ what: "deleted", id });
      },
      forgetPictures: (id, indexes) => {
        client.setQueryData<Job>(oneJob(id), (job) => job && without(live(job), indexes));
        for (const index of indexes) tell({ what: "image_deleted", id, index });
      },
      reconnect: () => listener.hurry(),
    }),
    [jobs, link, client, tell, listener],
  );
  return <JobsContext value={value}>{children}</JobsContext>;
}

export function useJobs(): Jobs {
  const jobs = use(JobsContext);
  if (!jobs) throw new Error("useJobs outside JobsProvider");
  return jobs;
}
