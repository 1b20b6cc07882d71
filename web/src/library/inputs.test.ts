import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Job } from "../api/types";
import { forgetJob, type Library, makeRoom, openLibrary } from "./database";
import { ancestry, keepInputs, madeFrom, readInputs, sweepInputs } from "./inputs";

let library: Library;
let count = 0;

beforeEach(async () => {
  count += 1;
  library = await openLibrary(`inputs-${count}`);
});
afterEach(() => library.close());

const image = (text: string) => new Blob([text], { type: "image/png" });
const keepJobNamed = (id: string) =>
  library.put("jobs", { id, job: { id, data: [] } as unknown as Job, createdAt: 1 });

it("keeps image and mask as they were sent", async () => {
  await keepInputs(library, { jobId: "a", from: null, image: image("pixels"), mask: image("hole") });
  const read = await readInputs(library, "a");
  expect([await read?.image.text(), await read?.mask?.text(), read?.from]).toEqual(["pixels", "hole", null]);
  expect(await readInputs(library, "b")).toBeNull();
});

it("follows pictures back to the first and on to what was made of them", async () => {
  await keepInputs(library, { jobId: "edit", from: null, image: image("up"), mask: null });
  await keepInputs(library, { jobId: "vary", from: "edit/1", image: image("1"), mask: null });
  await keepInputs(library, { jobId: "again", from: "vary/0", image: image("2"), mask: null });
  await keepInputs(library, { jobId: "other", from: "vary/0", image: image("2"), mask: null });
  expect((await ancestry(library, "again")).map((one) => one.jobId)).toEqual(["edit", "vary", "again"]);
  expect((await madeFrom(library, "vary/0")).toSorted()).toEqual(["again", "other"]);
  expect(await madeFrom(library, "vary/1")).toEqual([]);
  expect(await ancestry(library, "drawn")).toEqual([]);
});

it("does not follow a circle for ever", async () => {
  await keepInputs(library, { jobId: "a", from: "b/0", image: image("x"), mask: null });
  await keepInputs(library, { jobId: "b", from: "a/0", image: image("x"), mask: null });
  expect((await ancestry(library, "a")).map((one) => one.jobId)).toEqual(["b", "a"]);
});

it("forgets them with their job, and counts them when making room", async () => {
  await keepJobNamed("a");
  await keepJobNamed("b");
  await keepInputs(library, { jobId: "a", from: null, image: image("12345"), mask: image("678") });
  await keepInputs(library, { jobId: "b", from: null, image: image("12345"), mask: null });
  expect(await makeRoom(library, 1)).toBe(8);
  await forgetJob(library, "b");
  expect(await library.count("inputs")).toBe(0);
});

it("sweeps those of jobs that came to nothing, in time", async () => {
  const DAY = 24 * 3600 * 1000;
  await keepJobNamed("kept");
  await keepInputs(library, { jobId: "kept", from: null, image: image("x"), mask: null });
  await keepInputs(library, { jobId: "lost", from: null, image: image("x"), mask: null });
  await sweepInputs(library, Date.now() + DAY);
  expect(await library.count("inputs")).toBe(2);
  await sweepInputs(library, Date.now() + 3 * DAY);
  expect(await library.getAllKeys("inputs")).toEqual(["kept"]);
});
