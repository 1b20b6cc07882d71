import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  dropCollection,
  listCollections,
  makeCollection,
  putInto,
  renameCollection,
  takeFrom,
  tidyName,
} from "./collections";
import { type Library, openLibrary } from "./database";

let library: Library;
let count = 0;

beforeEach(async () => {
  count += 1;
  library = await openLibrary(`collections-${count}`);
});
afterEach(() => library.close());

it("holds pictures once, in the order they came, in as many collections as wanted", async () => {
  const night = await makeCollection(library, "night", ["a/0", "a/0"]);
  const all = await makeCollection(library, "all");
  await putInto(library, night.id, ["b/1", "a/0", "c/0"]);
  await putInto(library, all.id, ["a/0"]);
  await takeFrom(library, night.id, ["b/1", "z/9"]);
  const listed = await listCollections(library);
  expect(Object.fromEntries(listed.map((one) => [one.name, one.pictures]))).toEqual({
    night: ["a/0", "c/0"],
    all: ["a/0"],
  });
});

it("is renamed and dropped; one that is gone changes nothing", async () => {
  const one = await makeCollection(library, "night");
  await renameCollection(library, one.id, "day");
  expect((await listCollections(library)).map(({ name }) => name)).toEqual(["day"]);
  await dropCollection(library, one.id);
  await putInto(library, one.id, ["a/0"]);
  expect(await listCollections(library)).toEqual([]);
});

it.each([
  ["  winter   walks ", "winter walks"],
  ["   ", null],
  ["狐".repeat(80), "狐".repeat(80)],
  ["🦊".repeat(81), null],
])("tidies the name %j", (name, tidy) => {
  expect(tidyName(name)).toBe(tidy);
});
