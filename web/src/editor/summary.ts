/** What can be said of a hole without showing it. */

/** How many separate areas a mask has (neighbours share an edge). `side`²; not 0 is inside. */
export function countAreas(mask: Uint8Array, side: number): number {
  // Runs of a row are joined with those above that they touch; what is left of the roots are the areas.
  const parents: number[] = [];
  const root = (of: number): number => {
    let at = of;
    for (let up = parents[at]; up !== undefined && up !== at; up = parents[at]) at = up;
    parents[of] = at;
    return at;
  };
  let above: Run[] = [];
  for (let y = 0; y < side; y++) {
    const runs: Run[] = [];
    let first = 0;
    for (const [start, end] of runsOf(mask, y * side, side)) {
      const id = parents.push(parents.length) - 1;
      runs.push({ start, end, id });
      while (first < above.length && (above[first]?.end ?? 0) <= start) first++;
      for (let at = first; at < above.length; at++) {
        const other = above[at];
        if (!other || other.start >= end) break;
        parents[root(other.id)] = root(id);
      }
    }
    above = runs;
  }
  return parents.filter((parent, id) => parent === id).length;
}

interface Run {
  start: number;
  end: number;
  id: number;
}

function* runsOf(mask: Uint8Array, from: number, length: number): Generator<[number, number]> {
  let start = -1;
  for (let x = 0; x <= length; x++) {
    const inside = x < length && mask[from + x] !== 0;
    if (inside && start < 0) start = x;
    else if (!inside && start >= 0) {
      yield [start, x];
      start = -1;
    }
  }
}
