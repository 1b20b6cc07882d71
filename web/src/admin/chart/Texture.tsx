import type { ReactNode } from "react";

/** Marks on 8 × 8 pixels that tell series apart where colours do not; the first has none. */
const MARKS = [
  "",
  "M-2 2l4-4M0 8l8-8M6 10l4-4",
  "M2 2h2v2H2zM6 6h2v2H6z",
  "M0 1h8M0 5h8",
  "M1 0v8M5 0v8",
  "M-2 6l4 4M0 0l8 8M6-2l4 4",
] as const;
export const TEXTURES = MARKS.length;

/** How series number `index` is filled. */
export function fill(id: string, index: number): string {
  return `url(#${id}-${index % TEXTURES})`;
}

/** The fills of a picture's series, to be put into it once. */
export function Textures({ id }: { id: string }): ReactNode {
  return (
    <defs>
      {MARKS.map((mark, index) => (
        <pattern key={mark} id={`${id}-${index}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={`var(--series-${index})`} />
          <path d={mark} stroke="var(--surface)" strokeWidth="1.3" fill="none" />
        </pattern>
      ))}
    </defs>
  );
}

/** A sample of a series' fill beside its name. */
export function Swatch({ id, index }: { id: string; index: number }): ReactNode {
  return (
    <svg width="16" height="16" aria-hidden="true">
      <rect width="16" height="16" rx="4" fill={fill(id, index)} />
    </svg>
  );
}
