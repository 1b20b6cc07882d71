import type { Job } from "../api/types";
import { type Library, placeOf } from "../library/database";
import { MOST_PROMPTS } from "../library/prompts";
import { type Drafts, takeDraft } from "./drafts";
import type { Manifest } from "./manifest";
import { Unpacker } from "./unpack";

export interface Imported {
  /** Pictures taken in. */
  pictures: number;
  /** Pictures that were there already, and stayed as they are. */
  known: number;
  /** Drafts of the editor taken in. */
  drafts: number;
}

/**
 * Take in an archive of everything. What is there stays: records, favourites and collections are joined. A file that
 * turns out to be broken ends it; what was taken in before stays and the same archive can be taken in again.
 *
 * Throws ArchiveFault.
 */
export async function importLibrary(
  library: Library,
  editor: Drafts,
  file: Blob,
  room: number,
  told: (done: number, total: number) => void,
): Promise<Imported> {
  const archive = await Unpacker.open(file, room);
  const { records } = archive;
  const done: Imported = { pictures: 0, known: 0, drafts: 0 };
  const total = records.pictures.length + records.drafts.length;
  for (const one of records.pictures) {
    const { jobId, index } = placeOf(one.key);
    const there = await library.get("pictures", one.key);
    if (there) {
      done.known += 1;
      if (one.favourite) await library.put("pictures", { ...there, favourite: 1 });
    } else {
      const blob = await archive.image(one.file);
      const { key, favourite, keptAt } = one;
      await library.put("pictures", { key, jobId, index, blob, favourite, keptAt });
      done.pictures += 1;
    }
    told(done.pictures + done.known, total);
  }
  for (const one of records.inputs) {
    if (await library.getKey("inputs", one.jobId)) continue;
    const image = await archive.image(one.image);
    const mask = one.mask ? await archive.image(one.mask) : null;
    await library.put("inputs", { ...one, image, mask });
  }
  await joinRecords(library, records);
  for (const [at, record] of records.drafts.entries()) {
    if (await takeDraft(archive, editor, record)) done.drafts += 1;
    told(records.pictures.length + at + 1, total);
  }
  return done;
}

async function joinRecords(library: Library, records: Manifest): Promise<void> {
  const all = library.transaction(["jobs", "collections", "prompts"], "readwrite");
  const [jobs, collections] = [all.objectStore("jobs"), all.objectStore("collections")];
  for (const told of records.jobs) {
    const there = (await jobs.get(told.id))?.job;
    const data = [...(there?.data ?? [])];
    for (const one of told.data) {
      if (!data.some(({ index }) => index === one.index)) data.push({ ...one, url: ownLink(one.url) });
    }
    data.sort((one, other) => one.index - other.index);
    const job = { ...(told as unknown as Job), ...there, data };
    await jobs.put({ id: job.id, job, createdAt: job.created_at });
  }
  for (const told of records.collections) {
    const there = await collections.get(told.id);
    const pictures = [...new Set([...(there?.pictures ?? []), ...told.pictures])];
    await collections.put({ ...told, ...there, pictures });
  }
  const prompts = all.objectStore("prompts");
  const room = MOST_PROMPTS - (await prompts.count());
  const newest = records.prompts.toSorted((one, other) => other.usedAt - one.usedAt);
  for (const one of newest.slice(0, Math.max(0, room))) {
    if (!(await prompts.getKey(one.text))) await prompts.put(one);
  }
  await all.done;
}

/** A link to this server, else none: an archive does not decide what a page asks for. */
function ownLink(url: string): string {
  return URL.canParse(url) && new URL(url).origin === globalThis.location?.origin ? url : "";
}
