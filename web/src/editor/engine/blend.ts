import type { Pixels } from "./geometry";
import { clearWordsOf, wordsOf } from "./tile";

/** How far from the hole a candidate may be blended in, at most. */
export const MOST_OVERMASK = 32;
const FAR = 0xffff;

/**
 * Squared distance of every pixel of a square to the nearest one of the mask, between centres; FAR beyond `radius`.
 * Columns first, then rows (Meijster, Roerdink and Hesselink, 2000), with everything beyond `radius` left out.
 */
export function squaredDistances(mask: Uint8Array, side: number, radius: number): Uint16Array {
  const down = new Uint8Array(mask.length).fill(radius + 1);
  for (let x = 0; x < side; x += 1) {
    for (let at = x, reach = radius + 1; at < mask.length; at += side) {
      reach = mask[at] ? 0 : Math.min(reach + 1, radius + 1);
      down[at] = reach;
    }
    for (let at = mask.length - side + x, reach = radius + 1; at >= 0; at -= side) {
      reach = mask[at] ? 0 : Math.min(reach + 1, radius + 1);
      if (reach < (down[at] as number)) down[at] = reach;
    }
  }
  const squares = new Uint16Array(mask.length).fill(FAR);
  const most = radius * radius;
  for (let row = 0; row < mask.length; row += side) {
    // Every place with a column near enough is passed on to the pixels it can be nearest to.
    for (let x = 0; x < side; x += 1) {
      const own = down[row + x] as number;
      if (own > radius) continue;
      const square = own * own;
      if (square < (squares[row + x] as number)) squares[row + x] = square;
      for (const step of [-1, 1]) {
        for (let dx = 1, to = x + step; to >= 0 && to < side; dx += 1, to += step) {
          const there = square + dx * dx;
          if (there > most || (down[row + to] as number) <= own) break;
          if (there < (squares[row + to] as number)) squares[row + to] = there;
        }
      }
    }
  }
  return squares;
}

/** The mask with every pixel that is at most `radius` away from it. */
export function widened(mask: Uint8Array, side: number, radius: number): Uint8Array<ArrayBuffer> {
  if (radius === 0) return Uint8Array.from(mask);
  return Uint8Array.from(squaredDistances(mask, side, radius), (square) => (square === FAR ? 0 : 1));
}

/**
 * `result` in the hole and `known` elsewhere, in place of `known`. Within `overmask` pixels of the hole the two are mixed:
 * a known pixel at distance d takes 1 − d ÷ (overmask + 1) of the result. Every other bit of `known` stays.
 */
export function blend(known: Pixels, result: Pixels, hole: Uint8Array, overmask: number): void {
  const squares = overmask > 0 ? squaredDistances(hole, known.width, overmask) : null;
  const [words, results] = [wordsOf(known), clearWordsOf(result)];
  for (let place = 0; place < hole.length; place += 1) {
    if (hole[place]) words[place] = results[place] as number;
    else if (squares && squares[place] !== FAR) {
      mix(known.data, result.data, place * 4, 1 - Math.sqrt(squares[place] as number) / (overmask + 1));
    }
  }
}

/** Throws RangeError. */
export function requireOvermask(overmask: number): void {
  if (!Number.isInteger(overmask) || overmask < 0 || overmask > MOST_OVERMASK) {
    throw new RangeError(`overmask is a whole number from 0 to ${MOST_OVERMASK}, not ${overmask}.`);
  }
}

/** Colours count as much as they can be seen. */
function mix(under: Uint8ClampedArray, over: Uint8ClampedArray, at: number, share: number): void {
  const above = (over[at + 3] as number) * share;
  const below = (under[at + 3] as number) * (1 - share);
  const alpha = above + below;
  for (let part = at; part < at + 3; part += 1) {
    const colour = ((over[part] as number) * above + (under[part] as number) * below) / alpha;
    under[part] = Math.floor(colour + 0.5);
  }
  under[at + 3] = Math.floor(alpha + 0.5);
}

/** One pixel painted over another, as words. */
export function over(word: number, under: number): number {
  const above = word >>> 24;
  const below = ((under >>> 24) * (255 - above)) / 255;
  const alpha = above + below;
  const colour = (shift: number) =>
    Math.floor((((word >>> shift) & 255) * above + ((under >>> shift) & 255) * below) / alpha + 0.5) << shift;
  return ((Math.floor(alpha + 0.5) << 24) | colour(16) | colour(8) | colour(0)) >>> 0;
}
