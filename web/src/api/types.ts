/** What the server sends: docs/jobs.md describes jobs and their events. */

export type Operation = "generations" | "edits" | "variations";
export type Status = "queued" | "running" | "succeeded" | "failed" | "cancelled";
export type Size = "256x256" | "512x512" | "1024x1024";
export type Format = "png" | "jpeg" | "webp";

export interface PictureData {
  index: number;
  url: string;
  revised_prompt: string | null;
}

export interface ErrorBody {
  message: string;
  type: string | null;
  code: string | null;
  param: string | null;
}

export interface Job {
  id: string;
  status: Status;
  operation: Operation;
  model: string | null;
  prompt: string | null;
  n: number;
  size: string;
  seed: number | null;
  style: string | null;
  quality: string | null;
  background: string | null;
  /** Of variations: how far from the original, 0 … 1. */
  strength: number | null;
  output_format: Format;
  /** Seconds since 1970. */
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  expires_at: number | null;
  /** 0 … 1 over all pictures. */
  progress: number;
  /** Jobs before it; null unless it waits. */
  position: number | null;
  eta_seconds: number | null;
  data: PictureData[];
  error: ErrorBody | null;
  /** Of the request that made it: what a report on a refusal names. */
  request_id: string | null;
}

export interface JobPage {
  data: Job[];
  last_id: string | null;
  has_more: boolean;
}

export interface Allowance {
  images: number | null;
  used: number;
}

export interface Usage {
  images_today: number;
  images_this_month: number;
  limits: Record<"minute" | "day" | "month" | "under_way", Allowance>;
}

/** The key that a browser is signed in with. */
export interface Session {
  key: { id: string; name: string; hint: string } | null;
}

export interface AdminSession extends Session {
  /** Whether there is an admin key at all. */
  any_admin_key: boolean;
}

/** One message of GET /v1/jobs/events. */
export type JobEvent =
  | { what: "snapshot"; jobs: Job[] }
  | { what: "queued"; id: string; position: number | null; eta_seconds: number | null }
  | { what: "progress"; id: string; index: number; progress: number; job_progress: number }
  | { what: "partial"; id: string; index: number; image: string }
  | { what: "image"; id: string; index: number; url: string; revised_prompt: string | null }
  | { what: "image_deleted"; id: string; index: number }
  | { what: "running" | "done" | "failed" | "cancelled"; id: string; job: Job }
  | { what: "deleted"; id: string };

export const EVENTS = [
  "snapshot",
  "queued",
  "running",
  "progress",
  "partial",
  "image",
  "image_deleted",
  "done",
  "failed",
  "cancelled",
  "deleted",
] as const satisfies readonly JobEvent["what"][];
