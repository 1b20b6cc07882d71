import type { KeptInputs, Library } from "./database";

/** Inputs of jobs that came to nothing are of use while the server still tells of those jobs. */
const STALE_MS = 2 * 24 * 3600 * 1000;

/** Keep what a job is made from. */
export async function keepInputs(library: Library, inputs: Omit<KeptInputs, "keptAt">): Promise<void> {
  await library.put("inputs", { ...inputs, keptAt: Date.now() });
}

export async function readInputs(library: Library, jobId: string): Promise<KeptInputs | null> {
  return (await library.get("inputs", jobId)) ?? null;
}

/** What a picture was made from, step by step: the oldest first, its own job's inputs last. */
export async function ancestry(library: Library, jobId: string): Promise<readonly KeptInputs[]> {
  const steps: KeptInputs[] = [];
  const seen = new Set<string>();
  let job: string | undefined = jobId;
  while (job && !seen.has(job)) {
    seen.add(job);
    const inputs: KeptInputs | null = await readInputs(library, job);
    if (inputs) steps.unshift(inputs);
    job = inputs?.from?.split("/")[0];
  }
  return steps;
}

/** Ids of the jobs that were made from a picture. */
export async function madeFrom(library: Library, key: string): Promise<readonly string[]> {
  return library.getAllKeysFromIndex("inputs", "from", key);
}

/** Forget inputs of jobs that were never kept and that nobody will ask for any more. */
export async function sweepInputs(library: Library, now = Date.now()): Promise<void> {
  const both = library.transaction(["jobs", "inputs"], "readwrite");
  const jobs = new Set(await both.objectStore("jobs").getAllKeys());
  for (const one of await both.objectStore("inputs").getAll()) {
    if (!jobs.has(one.jobId) && now - one.keptAt > STALE_MS)
      await both.objectStore("inputs").delete(one.jobId);
  }
  await both.done;
}
