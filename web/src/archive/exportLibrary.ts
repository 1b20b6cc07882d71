import { type Library, placeOf } from "../library/database";
import { type Drafts, packDraft } from "./drafts";
import { type DraftRecord, FORMAT, MANIFEST, VERSION } from "./manifest";
import { Packer } from "./zip";

const SUFFIXES: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** Everything the browser keeps as one ZIP: pictures, inputs and drafts bit for bit, and `egaku.json` with the rest. */
export async function exportLibrary(
  library: Library,
  editor: Drafts,
  told: (done: number, total: number) => void,
): Promise<Blob> {
  const packer = new Packer();
  const jobs = (await library.getAll("jobs")).map((one) => one.job);
  const known = new Set(jobs.map((job) => job.id));
  const pictureKeys = (await library.getAllKeys("pictures")).filter((key) => known.has(placeOf(key).jobId));
  const inputKeys = (await library.getAllKeys("inputs")).filter((jobId) => known.has(jobId));
  const summaries = await editor.documents.list();
  const total = pictureKeys.length + inputKeys.length + summaries.length;
  const pictures = [];
  for (const key of pictureKeys) {
    const kept = await library.get("pictures", key);
    if (!kept) continue; // removed in another tab meanwhile
    const { blob, favourite, keptAt } = kept;
    const file = await packer.add(`pictures/${nameOf(key.replace("/", "-"), blob)}`, blob);
    pictures.push({ key, file, type: blob.type, favourite, keptAt });
    told(pictures.length, total);
  }
  const inputs = [];
  for (const jobId of inputKeys) {
    const kept = await library.get("inputs", jobId);
    if (!kept) continue;
    const { image, mask, from, keptAt } = kept;
    inputs.push({
      jobId,
      from,
      image: await packer.add(`inputs/${nameOf(`${jobId}-image`, image)}`, image),
      mask: mask ? await packer.add(`inputs/${nameOf(`${jobId}-mask`, mask)}`, mask) : null,
      keptAt,
    });
    told(pictures.length + inputs.length, total);
  }
  const drafts: DraftRecord[] = [];
  for (const one of summaries) {
    const record = await packDraft(packer, editor, one);
    if (record) drafts.push(record);
    told(pictures.length + inputs.length + drafts.length, total);
  }
  const [collections, prompts] = await Promise.all([
    library.getAll("collections"),
    library.getAll("prompts"),
  ]);
  const records = { format: FORMAT, version: VERSION, jobs, pictures, inputs, collections, prompts, drafts };
  await packer.add(MANIFEST, JSON.stringify(records, null, 2));
  return packer.finish();
}

function nameOf(stem: string, blob: Blob): string {
  return `${stem}.${SUFFIXES[blob.type] ?? "bin"}`;
}
