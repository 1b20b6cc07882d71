/** The most bytes an image or a mask may have. */
export const MOST_BYTES = 4_000_000;
