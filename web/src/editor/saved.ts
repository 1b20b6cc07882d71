import type { Job } from "../api/types";
import type { Camera } from "./camera";
import { MOST_OVERMASK } from "./engine/board";
import { type Frame, isSide, type Point } from "./engine/geometry";

/** What was asked for the frame and has neither been accepted nor given up. */
export interface Ask {
  /** Ids of its jobs in the order they were sent: "more" adds one. */
  jobs: readonly string[];
  /** Candidates put away, as `job/index`. */
  discarded: readonly string[];
  /** Pixels around the hole that were drawn anew too, so that they can be blended. */
  drawn: number;
  /** Pixels of those that are. */
  overmask: number;
}

/** A picture that has come and is not set down yet: its file, and where its corner is. */
export interface Hanging extends Point {
  file: Blob;
}

/** What is kept of a document beside its pictures. */
export interface Saved {
  frame: Frame;
  prompt: string;
  n: number;
  /** Pixels around the hole to be drawn anew and blended; null for what suits the hole. */
  overmask: number | null;
  /** Null: wherever all of it is in sight. */
  camera: Camera | null;
  /** The picture of ours it began with, as `job/index`. */
  from: string | null;
  ask: Ask | null;
  /** The job that was asked for last, for "View code"; what was sent with it is among the library's inputs. */
  sent: Job | null;
  floating: Hanging | null;
}

export const MOST_CANDIDATES = 10;

/** What of a state a file's JSON can hold: no jobs, which belong to a server and key, and no picture. */
export function portable(saved: Saved): Omit<Saved, "floating"> {
  const { floating: _, ...rest } = saved;
  return { ...rest, ask: null, sent: null };
}

/** A state from a file, which may come from anywhere: what makes sense of it, the rest as in `fresh`. */
export function parseSaved(read: unknown, fresh: Saved): Saved {
  const { frame, prompt, n, overmask } = Object(read) as Record<string, unknown>;
  return {
    frame: parseFrame(frame) ?? fresh.frame,
    prompt: typeof prompt === "string" ? prompt : fresh.prompt,
    n: isWithin(n, 1, MOST_CANDIDATES) ? n : fresh.n,
    overmask: isWithin(overmask, 0, MOST_OVERMASK) ? overmask : fresh.overmask,
    camera: null,
    from: null,
    ask: null, // a job belongs to the server and key it was sent to
    sent: null,
    floating: null,
  };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function parseFrame(read: unknown): Frame | null {
  const { x, y, side } = Object(read) as Record<string, unknown>;
  if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y) || !isSide(Number(side))) return null;
  return { x: Number(x), y: Number(y), side: Number(side) as Frame["side"] };
}
