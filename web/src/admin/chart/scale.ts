import { nice, ticks } from "d3-array";

const LINES = 4;

/** Round numbers of things for an axis from 0 to at least `most`. */
export function axis(most: number): { top: number; lines: number[] } {
  const top = nice(0, Math.max(most, 1), LINES)[1];
  return { top, lines: ticks(0, top, LINES).filter(Number.isInteger) };
}

/** Every how many days there is room for a date. */
export function labelStep(days: number, width: number, label: number): number {
  return Math.max(1, Math.ceil((days * label) / Math.max(width, 1)));
}
