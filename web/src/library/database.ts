import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB, type StoreNames } from "idb";
import type { Job } from "../api/types";

/** A finished picture, kept beyond the server's own time. */
export interface KeptPicture {
  /** `job/index`. */
  key: string;
  jobId: string;
  index: number;
  blob: Blob;
  /** IndexedDB has no boolean keys: 1 or 0. */
  favourite: 0 | 1;
  /** Milliseconds since 1970. */
  keptAt: number;
}

export interface KeptJob {
  id: string;
  job: Job;
  /** Seconds since 1970, as the job says. */
  createdAt: number;
}

/** What a job was made from: the server forgets its uploads when it has ended. */
export interface KeptInputs {
  jobId: string;
  /** `job/index` of the picture it was made from, where that is one of ours. */
  from: string | null;
  image: Blob;
  mask: Blob | null;
  /** Milliseconds since 1970. */
  keptAt: number;
}

export interface Collection {
  id: string;
  name: string;
  /** Keys of its pictures, in the order they were put in. */
  pictures: readonly string[];
  /** Milliseconds since 1970. */
  changedAt: number;
}

export interface KeptPrompt {
  text: string;
  /** Milliseconds since 1970, when it was sent last. */
  usedAt: number;
}

interface Schema extends DBSchema {
  jobs: { key: string; value: KeptJob; indexes: { createdAt: number } };
  pictures: { key: string; value: KeptPicture; indexes: { jobId: string; favourite: number } };
  inputs: { key: string; value: KeptInputs; indexes: { from: string } };
  collections: { key: string; value: Collection; indexes: { picture: string } };
  prompts: { key: string; value: KeptPrompt; indexes: { usedAt: number } };
}

export type Library = IDBPDatabase<Schema>;

const VERSION = 2;

/** Open the browser's own store of pictures, making it or bringing it up to date if need be. */
export function openLibrary(name = "egaku", onClosed?: () => void): Promise<Library> {
  return openDB<Schema>(name, VERSION, {
    upgrade(database, from) {
      if (from < 1) {
        const jobs = database.createObjectStore("jobs", { keyPath: "id" });
        jobs.createIndex("createdAt", "createdAt");
        const pictures = database.createObjectStore("pictures", { keyPath: "key" });
        pictures.createIndex("jobId", "jobId");
        pictures.createIndex("favourite", "favourite");
      }
      if (from < 2) {
        database.createObjectStore("inputs", { keyPath: "jobId" }).createIndex("from", "from");
        const collections = database.createObjectStore("collections", { keyPath: "id" });
        collections.createIndex("picture", "pictures", { multiEntry: true });
        database.createObjectStore("prompts", { keyPath: "text" }).createIndex("usedAt", "usedAt");
      }
    },
    // A newer app in another tab, or clearing everything, must not wait for this one.
    blocking: (_current, _wanted, event) => {
      (event.target as IDBDatabase).close();
      onClosed?.();
    },
  });
}

export function keyOf(jobId: string, index: number): string {
  return `${jobId}/${index}`;
}

/** The job and index a key names. */
export function placeOf(key: string): { jobId: string; index: number } {
  const slash = key.lastIndexOf("/");
  return { jobId: key.slice(0, slash), index: Number(key.slice(slash + 1)) };
}

/** Keep those of a job's pictures that are not kept yet. */
export async function keepPictures(
  library: Library,
  job: Job,
  read: (url: string) => Promise<Blob>,
): Promise<void> {
  for (const { index, url } of job.data) {
    const key = keyOf(job.id, index);
    if (await library.getKey("pictures", key)) continue;
    const blob = await read(url);
    await library.put("pictures", { key, jobId: job.id, index, blob, favourite: 0, keptAt: Date.now() });
  }
}

/** Keep a job that has ended: its record and its pictures. */
export async function keepJob(
  library: Library,
  job: Job,
  read: (url: string) => Promise<Blob>,
): Promise<void> {
  await keepPictures(library, job, read);
  await library.put("jobs", { id: job.id, job, createdAt: job.created_at });
}

/** Kept jobs, newest first. */
export async function keptJobs(library: Library): Promise<Job[]> {
  const kept = await library.getAllFromIndex("jobs", "createdAt");
  return kept.reverse().map((one) => one.job);
}

export async function favouriteKeys(library: Library): Promise<ReadonlySet<string>> {
  return new Set(await library.getAllKeysFromIndex("pictures", "favourite", 1));
}

/** Set or clear favourites among the pictures that are kept. */
export async function setFavourite(
  library: Library,
  keys: readonly string[],
  favourite: boolean,
): Promise<void> {
  const all = library.transaction("pictures", "readwrite");
  for (const key of keys) {
    const picture = await all.store.get(key);
    if (picture) await all.store.put({ ...picture, favourite: favourite ? 1 : 0 });
  }
  await all.done;
}

/** Remove a job, its pictures, what it was made from, and its pictures' places in collections. */
export async function forgetJob(library: Library, jobId: string): Promise<void> {
  const all = library.transaction(["jobs", "inputs", "pictures", "collections"], "readwrite");
  const keys = await all.objectStore("pictures").index("jobId").getAllKeys(jobId);
  await takeOut(all.objectStore("collections"), (key) => placeOf(key).jobId === jobId);
  for (const key of keys) await all.objectStore("pictures").delete(key);
  await all.objectStore("jobs").delete(jobId);
  await all.objectStore("inputs").delete(jobId);
  await all.done;
}

/** Remove single pictures of a job, from its record and from collections too. */
export async function forgetPictures(
  library: Library,
  jobId: string,
  indexes: readonly number[],
): Promise<void> {
  const all = library.transaction(["jobs", "pictures", "collections"], "readwrite");
  const gone = new Set(indexes.map((index) => keyOf(jobId, index)));
  await takeOut(all.objectStore("collections"), (key) => gone.has(key));
  for (const key of gone) await all.objectStore("pictures").delete(key);
  const kept = await all.objectStore("jobs").get(jobId);
  if (kept) {
    const data = kept.job.data.filter((one) => !indexes.includes(one.index));
    await all.objectStore("jobs").put({ ...kept, job: { ...kept.job, data } });
  }
  await all.done;
}

type Collections = IDBPObjectStore<Schema, StoreNames<Schema>[], "collections", "readwrite">;

async function takeOut(collections: Collections, gone: (key: string) => boolean): Promise<void> {
  for (const one of await collections.getAll()) {
    const pictures = one.pictures.filter((key) => !gone(key));
    if (pictures.length < one.pictures.length) await collections.put({ ...one, pictures });
  }
}

/** Remove the oldest jobs that nobody wants kept until `bytes` are free; how many bytes were freed. */
export async function makeRoom(library: Library, bytes: number): Promise<number> {
  const wanted = await wantedJobs(library);
  let freed = 0;
  for (const { id } of await library.getAllFromIndex("jobs", "createdAt")) {
    if (freed >= bytes) break;
    if (wanted.has(id)) continue;
    const pictures = await library.getAllFromIndex("pictures", "jobId", id);
    const inputs = await library.get("inputs", id);
    freed += pictures.reduce((sum, one) => sum + one.blob.size, 0);
    freed += (inputs?.image.size ?? 0) + (inputs?.mask?.size ?? 0);
    await forgetJob(library, id);
  }
  return freed;
}

/** Jobs with a favourite or a picture in a collection. */
async function wantedJobs(library: Library): Promise<ReadonlySet<string>> {
  const collections = await library.getAll("collections");
  const keys = [...(await favouriteKeys(library)), ...collections.flatMap((one) => one.pictures)];
  return new Set(keys.map((key) => placeOf(key).jobId));
}
