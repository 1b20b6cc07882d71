import type { Wish } from "../api/client";
import type { Job } from "../api/types";
import type { KeptInputs } from "../library/database";

/**
 * A wish for the same pictures: same words, uploads, settings and seed. Null where its uploads are not kept. What
 * only a named model knows is sent along with that model's name.
 */
export function repeat(job: Job, inputs: KeptInputs | null): Wish | null {
  const { prompt, n, size, seed } = job;
  const settings = { n, size, ...(seed !== null && { seed }), ...(job.model && named(job)) };
  if (job.operation === "generations") return { operation: "generations", prompt: prompt ?? "", ...settings };
  if (!inputs) return null;
  const { image, mask } = inputs;
  if (job.operation === "edits") {
    return { operation: "edits", image, ...(mask && { mask }), prompt: prompt ?? "", ...settings };
  }
  const strength = job.strength == null ? {} : { strength: job.strength };
  return { operation: "variations", image, ...settings, ...strength };
}

function named({ model, style, quality, background, output_format }: Job): Record<string, string> {
  const all = { model, style, quality, background, output_format };
  return Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => one[1] != null));
}
