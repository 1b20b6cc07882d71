import type { Job, JobEvent } from "../api/types";

/** A job and what its events told beyond the record. */
export interface LiveJob extends Job {
  /** Small previews of unfinished pictures, as data URLs, by index. */
  previews: Record<number, string>;
  /** 0 … 1 by picture. */
  parts: Record<number, number>;
  /** Indexes of pictures that were deleted while others are still drawn. */
  gone: readonly number[];
}

export const ENDED: ReadonlySet<Job["status"]> = new Set(["succeeded", "failed", "cancelled"]);

export function isOver(job: Job): boolean {
  return ENDED.has(job.status);
}

/** A job of which no more is known than its record. */
export function live(job: Job): LiveJob {
  return { ...job, previews: {}, parts: {}, gone: [] };
}

/** A job without some of its pictures. */
export function without(job: LiveJob, indexes: readonly number[]): LiveJob {
  const data = job.data.filter((one) => !indexes.includes(one.index));
  return { ...job, data, gone: [...job.gone, ...indexes] };
}

/** The jobs after one event, newest first. Events of unknown jobs change nothing: a snapshot will come. */
export function reduce(jobs: readonly LiveJob[], event: JobEvent): readonly LiveJob[] {
  switch (event.what) {
    case "snapshot":
      return merge(jobs, event.jobs);
    case "deleted":
      return jobs.filter((job) => job.id !== event.id);
    case "running":
    case "done":
    case "failed":
    case "cancelled":
      return put(jobs, event.job);
    case "queued":
      return change(jobs, event.id, (job) => ({
        ...job,
        position: event.position,
        eta_seconds: event.eta_seconds,
      }));
    case "progress":
      return change(jobs, event.id, (job) => ({
        ...job,
        progress: event.job_progress,
        parts: { ...job.parts, [event.index]: event.progress },
      }));
    case "partial":
      return change(jobs, event.id, (job) => ({
        ...job,
        previews: { ...job.previews, [event.index]: event.image },
      }));
    case "image":
      return change(jobs, event.id, (job) => addPicture(job, event));
    case "image_deleted":
      return jobs.map((job) => (job.id === event.id ? without(job, [event.index]) : job));
  }
}

/** Put a job where its age belongs, keeping what is known of its unfinished pictures. */
export function put(jobs: readonly LiveJob[], job: Job): readonly LiveJob[] {
  const known = jobs.find((one) => one.id === job.id);
  if (known && stage(job) < stage(known)) return jobs; // an answer that was overtaken by an event
  const newest = enliven(job, known);
  if (known) return jobs.map((one) => (one.id === job.id ? newest : one));
  return [newest, ...jobs].sort(newestFirst);
}

/** How far a job has come: it only goes back when a server takes it up again, which a snapshot tells. */
function stage(job: Job): number {
  return isOver(job) ? 2 : job.status === "running" ? 1 : 0;
}

/** Those of the same second keep their order: the later one is first in the server's lists, and put first. */
export function newestFirst(one: Job, other: Job): number {
  return other.created_at - one.created_at;
}

function merge(jobs: readonly LiveJob[], listed: readonly Job[]): readonly LiveJob[] {
  return listed
    .map((job) =>
      enliven(
        job,
        jobs.find((one) => one.id === job.id),
      ),
    )
    .sort(newestFirst);
}

function enliven(job: Job, known: LiveJob | undefined): LiveJob {
  if (isOver(job) || !known) return live(job);
  return { ...known, ...job };
}

function change(jobs: readonly LiveJob[], id: string, to: (job: LiveJob) => LiveJob): readonly LiveJob[] {
  return jobs.map((job) => (job.id === id && !isOver(job) ? to(job) : job));
}

function addPicture(job: LiveJob, event: Extract<JobEvent, { what: "image" }>): LiveJob {
  const { index, url, revised_prompt } = event;
  const others = job.data.filter((one) => one.index !== index);
  const data = [...others, { index, url, revised_prompt }].sort((one, other) => one.index - other.index);
  const { [index]: _, ...previews } = job.previews;
  return { ...job, data, previews };
}
