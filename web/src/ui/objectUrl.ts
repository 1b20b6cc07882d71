const LATER_MS = 10_000;

/**
 * Give an object URL back, though not at once: an image or a download that is still on its way to it would fail, and an
 * image that is gone from the page again can be.
 */
export function release(address: string): void {
  setTimeout(() => URL.revokeObjectURL(address), LATER_MS);
}
