import type { LiveJob } from "../jobs/reduce";
import { keyOf } from "../library/database";

/**
 * The jobs whose words hold every one of these, in any order and case. With favourites given, only jobs that
 * have one, showing those pictures alone.
 */
export function matching(
  jobs: readonly LiveJob[],
  words: string,
  favourites: ReadonlySet<string> | null,
): readonly LiveJob[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const found = jobs.filter((job) => {
    const text = fold([job.prompt, ...job.data.map((one) => one.revised_prompt)].join(" "));
    return wanted.every((word) => text.includes(word));
  });
  if (!favourites) return found;
  return found
    .map((job) => ({ ...job, data: job.data.filter((one) => favourites.has(keyOf(job.id, one.index))) }))
    .filter((job) => job.data.length > 0);
}

/** Text as it is compared: in any case, in any width. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
