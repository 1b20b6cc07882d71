import type { Job } from "../api/types";
import { fileName } from "../image/save";
import { Packer } from "./zip";

export interface Packed {
  archive: Blob;
  /** Pictures that could not be read. */
  missing: number;
}

/** A ZIP of the jobs' pictures as they are, and `jobs.json` with the records. */
export async function pack(
  jobs: readonly Job[],
  read: (job: Job, index: number) => Promise<Blob | null>,
  told: (done: number) => void,
): Promise<Packed> {
  const packer = new Packer();
  let done = 0;
  let missing = 0;
  for (const job of jobs) {
    for (const { index } of job.data) {
      const blob = await read(job, index);
      if (blob) await packer.add(fileName(job.prompt, index + 1, job.output_format), blob);
      else missing += 1;
      done += 1;
      told(done);
    }
  }
  await packer.add("jobs.json", JSON.stringify(jobs, null, 2));
  return { archive: await packer.finish(), missing };
}
