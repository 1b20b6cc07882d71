import type { Wish } from "../../api/client";
import { MOST_BYTES } from "../../api/limits";
import type { Size } from "../../api/types";
import { requireOvermask, widened } from "./blend";
import type { Board, Hole } from "./board";
import type { Codec } from "./codec";
import { emptyPixels, type Frame, type Pixels, rectOf, type Side } from "./geometry";
import { wordsOf } from "./tile";

/** Below this share of known pixels, suggest to include more of the picture. */
export const FEW_KNOWN = 0.25;

const SIZES: Record<Side, Size> = { 256: "256x256", 512: "512x512", 1024: "1024x1024" };

type Without<T> = T extends unknown ? Omit<T, "n" | "seed"> : never;
/** A wish without how many and which. */
export type FrameWish = Without<Exclude<Wish, { operation: "variations" }>>;

export type Plan =
  /** Nothing is erased or empty in the frame. */
  | { nothing: "no_hole" }
  /** The frame has half-transparent pixels, which no request can say: `flatten` or `eraseTranslucent` first. */
  | { nothing: "translucent"; translucent: number }
  /** The PNG would be larger than the server takes; even noise is not. */
  | { nothing: "too_heavy"; bytes: number }
  /** `known`: share of the frame that stays, 0 … 1. */
  | { nothing: null; wish: FrameWish; known: number };

export interface Survey {
  nothing: "no_hole" | "translucent" | null;
  /** Share of the frame that stays, 0 … 1. */
  known: number;
  hole: Hole;
}

/** Whether a frame can be asked for, without encoding anything: for the button and the hint. */
export function survey(board: Board, frame: Frame): Survey {
  const hole = board.hole(frame);
  return { nothing: obstacle(hole), known: hole.known / hole.mask.length, hole };
}

function obstacle({ mask, known, translucent }: Hole): Survey["nothing"] {
  if (known === mask.length) return "no_hole";
  return translucent > 0 ? "translucent" : null;
}

/**
 * What to ask the server for. All hole: generations. A frame that is one untouched opaque PNG: its own bytes and a mask.
 * Otherwise one PNG whose transparent pixels are the hole. Servers give back the known pixels they were sent, so that for
 * an `overmask` the hole they see is wider by that: `composite` has something to mix in.
 */
export async function plan(
  board: Board,
  frame: Frame,
  prompt: string,
  codec: Pick<Codec, "encode">,
  overmask = 0,
): Promise<Plan> {
  requireOvermask(overmask);
  const { nothing, known, hole } = survey(board, frame);
  if (nothing === "no_hole") return { nothing };
  if (nothing === "translucent") return { nothing, translucent: hole.translucent };
  const size = SIZES[frame.side];
  if (known === 0) return { nothing: null, known, wish: { operation: "generations", prompt, size } };
  const source = board.source(rectOf(frame));
  const file = source && source.file.size <= MOST_BYTES ? source.file : null;
  const pixels = file ? plainPixels(frame.side) : board.cut(frame);
  punch(pixels, sentHole(hole.mask, frame.side, overmask));
  const drawn = await codec.encode(pixels);
  if (drawn.size > MOST_BYTES) return { nothing: "too_heavy", bytes: drawn.size };
  const images = file ? { image: file, mask: drawn } : { image: drawn };
  return { nothing: null, known, wish: { operation: "edits", ...images, prompt, size } };
}

/** As wide as asked, unless nothing known would be left to go by. */
function sentHole(hole: Uint8Array, side: number, overmask: number): Uint8Array {
  const wide = widened(hole, side, overmask);
  return wide.includes(0) ? wide : hole;
}

function punch(pixels: Pixels, hole: Uint8Array): void {
  const words = wordsOf(pixels);
  for (let place = 0; place < hole.length; place += 1) if (hole[place]) words[place] = 0;
}

/** Black: what colours a mask has means nothing. */
function plainPixels(side: number): Pixels {
  const pixels = emptyPixels(side, side);
  wordsOf(pixels).fill(0xff000000);
  return pixels;
}
