import "fake-indexeddb/auto";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../api/types";
import {
  favouriteKeys,
  forgetJob,
  forgetPictures,
  keepJob,
  keptJobs,
  keyOf,
  type Library,
  makeRoom,
  openLibrary,
  setFavourite,
} from "./database";

let library: Library;
let count = 0;

beforeEach(async () => {
  count += 1;
  library = await openLibrary(`test-${count}`);
});
afterEach(() => library.close());

function job(id: string, created: number, pictures = 1): Job {
  const data = Array.from({ length: pictures }, (_, index) => ({
    index,
    url: `/files/${id}-${index}`,
    revised_prompt: null,
  }));
  return { id, created_at: created, data } as unknown as Job;
}

const picture = (bytes: number) => async () => new Blob([new Uint8Array(bytes)]);

describe("library", () => {
  it("keeps jobs newest first and reads each picture once", async () => {
    const read: string[] = [];
    const reader = async (url: string) => {
      read.push(url);
      return new Blob(["x"]);
    };
    await keepJob(library, job("a", 1, 2), reader);
    await keepJob(library, job("b", 2), reader);
    await keepJob(library, job("a", 1, 2), reader);
    expect((await keptJobs(library)).map((one) => one.id)).toEqual(["b", "a"]);
    expect(read).toEqual(["/files/a-0", "/files/a-1", "/files/b-0"]);
  });

  it("keeps favourites over a second keeping of their job", async () => {
    await keepJob(library, job("a", 1), picture(1));
    await setFavourite(library, [keyOf("a", 0), "missing/0"], true);
    await keepJob(library, job("a", 1), picture(1));
    expect(await favouriteKeys(library)).toEqual(new Set(["a/0"]));
  });

  it("forgets a job with all its pictures and no others", async () => {
    await keepJob(library, job("a", 1, 3), picture(1));
    await keepJob(library, job("b", 2), picture(1));
    await forgetJob(library, "a");
    expect(await library.getAllKeys("pictures")).toEqual(["b/0"]);
    expect((await keptJobs(library)).map((one) => one.id)).toEqual(["b"]);
  });

  it("forgets single pictures, of the record and of collections too", async () => {
    await keepJob(library, job("a", 1, 3), picture(1));
    await library.put("collections", { id: "c", name: "c", pictures: ["b/1", "a/1", "a/2"], changedAt: 0 });
    await forgetPictures(library, "a", [1]);
    expect(await library.getAllKeys("pictures")).toEqual(["a/0", "a/2"]);
    expect((await keptJobs(library))[0]?.data.map((one) => one.index)).toEqual([0, 2]);
    expect((await library.get("collections", "c"))?.pictures).toEqual(["b/1", "a/2"]);
    await forgetJob(library, "a");
    expect((await library.get("collections", "c"))?.pictures).toEqual(["b/1"]);
  });

  it("is brought up to date without losing anything", async () => {
    const old = await openDB("old", 1, {
      upgrade(database) {
        database.createObjectStore("jobs", { keyPath: "id" }).createIndex("createdAt", "createdAt");
        const pictures = database.createObjectStore("pictures", { keyPath: "key" });
        pictures.createIndex("jobId", "jobId");
        pictures.createIndex("favourite", "favourite");
      },
    });
    await old.put("jobs", { id: "a", job: job("a", 1), createdAt: 1 });
    const blob = new Blob(["pixels"]);
    await old.put("pictures", { key: "a/0", jobId: "a", index: 0, blob, favourite: 1, keptAt: 5 });
    old.close();
    const now = await openLibrary("old");
    expect((await keptJobs(now)).map((one) => one.id)).toEqual(["a"]);
    expect(await favouriteKeys(now)).toEqual(new Set(["a/0"]));
    expect(await (await now.get("pictures", "a/0"))?.blob.text()).toBe("pixels");
    expect([...now.objectStoreNames]).toEqual(["collections", "inputs", "jobs", "pictures", "prompts"]);
    now.close();
  });

  it("gives way to a newer version in another tab", async () => {
    const newer = await openDB(`test-${count}`, 99);
    expect(newer.version).toBe(99);
    newer.close();
  });

  it("makes room from the oldest on, never from favourites and collections", async () => {
    for (const [id, age] of [
      ["a", 1],
      ["b", 2],
      ["c", 3],
      ["d", 4],
      ["e", 5],
    ] as const) {
      await keepJob(library, job(id, age), picture(100));
    }
    await setFavourite(library, ["a/0"], true);
    await library.put("collections", { id: "x", name: "x", pictures: ["b/0"], changedAt: 0 });
    expect(await makeRoom(library, 150)).toBe(200);
    expect((await keptJobs(library)).map((one) => one.id)).toEqual(["e", "b", "a"]);
  });
});
