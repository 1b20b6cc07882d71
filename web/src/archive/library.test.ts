import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../api/types";
import { Board } from "../editor/engine/board";
import { openDocuments } from "../editor/engine/documents";
import { codec, noise, Random } from "../editor/engine/testing";
import type { Saved } from "../editor/saved";
import { keepJob, type Library, openLibrary, setFavourite } from "../library/database";
import { keepInputs } from "../library/inputs";
import type { Drafts } from "./drafts";
import { exportLibrary } from "./exportLibrary";
import { importLibrary } from "./importLibrary";
import { unzip, zip } from "./testing";
import type { Reason } from "./unpack";

const ROOM = 10_000_000;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const nothing = () => undefined;
const DRAFT = "0123456789abcdef0123456789abcdef";
const STATE: Saved = {
  frame: { x: 4, y: -8, side: 256 },
  prompt: "a pond",
  n: 3,
  overmask: 8,
  camera: null,
  from: "job_a/0",
  ask: null,
  sent: null,
  floating: null,
};
let here: Library;
let there: Library;
/** The drafts of either. */
let editor: Drafts;
let other: Drafts;
let count = 0;

beforeEach(async () => {
  count += 1;
  editor = { documents: await openDocuments<Saved>(`drafts-here-${count}`), codec };
  other = { documents: await openDocuments<Saved>(`drafts-there-${count}`), codec };
  here = await openLibrary(`here-${count}`);
  there = await openLibrary(`there-${count}`);
});
afterEach(() => {
  here.close();
  there.close();
  editor.documents.close();
  other.documents.close();
});

/** Bytes that look like a PNG at their beginning, different for every name. */
function png(name: string): Blob {
  return new Blob([new Uint8Array([...PNG, ...[...name].map((letter) => letter.charCodeAt(0))])], {
    type: "image/png",
  });
}

function job(id: string, pictures: number): Job {
  const data = Array.from({ length: pictures }, (_, index) => ({
    index,
    url: `http://elsewhere/files/${id}-${index}`,
    revised_prompt: "a fox",
  }));
  return {
    id,
    status: "succeeded",
    operation: "generations",
    model: null,
    prompt: "狐 and a fox",
    n: pictures,
    size: "256x256",
    seed: 7,
    style: null,
    quality: "standard",
    background: "auto",
    strength: null,
    request_id: "req_1",
    output_format: "png",
    created_at: 1_795_000_000,
    started_at: 1_795_000_000,
    finished_at: 1_795_000_001,
    expires_at: 1_795_086_400,
    progress: 1,
    position: null,
    eta_seconds: null,
    data,
    error: null,
  };
}

async function fill(library: Library): Promise<void> {
  await keepJob(library, job("job_a", 2), async (url) => png(url));
  await keepJob(library, job("job_b", 1), async (url) => png(url));
  await setFavourite(library, ["job_a/1"], true);
  await keepInputs(library, { jobId: "job_b", from: "job_a/0", image: png("image"), mask: png("mask") });
  await library.put("collections", { id: "c1", name: "狐", pictures: ["job_a/0", "job_b/0"], changedAt: 5 });
  await library.put("prompts", { text: "狐 and a fox", usedAt: 6 });
  await draw(editor.documents, DRAFT);
}

/** Keep a draft: noise with a hole in it. */
async function draw(documents: Drafts["documents"], id: string, updatedAt = 2000): Promise<void> {
  const board = new Board();
  const picture = noise(new Random(7), 80, 40);
  board.place(picture, -20, 30, await codec.encode(picture));
  board.erase({ kind: "rect", x: -5, y: 40, width: 30, height: 20 });
  await documents.save(
    {
      id,
      name: "下書き",
      board,
      state: { ...STATE, floating: { file: await codec.encode(noise(new Random(8), 9, 5)), x: -3, y: 4 } },
      thumbnail: png("small"),
    },
    { createdAt: 1000, updatedAt },
  );
}

/** What a draft is in the store. */
async function kept(documents: Drafts["documents"], id: string) {
  const draft = await documents.load(id);
  const summary = (await documents.list()).find((one) => one.id === id);
  const { board, thumbnail, state, ...rest } = draft ?? { board: new Board(), thumbnail: null, state: null };
  const tiles = board.tiles({ x: -512, y: -512, width: 1536, height: 1536 });
  const sources = board.sources.map(async ({ rect, file }) => [rect, await file.bytes()]);
  return {
    ...rest,
    state: state && {
      ...state,
      floating: state.floating && [state.floating.x, state.floating.y, await state.floating.file.bytes()],
    },
    createdAt: summary?.createdAt,
    updatedAt: summary?.updatedAt,
    thumbnail: await thumbnail?.bytes(),
    sources: await Promise.all(sources),
    tiles: tiles.map(({ x, y, pixels, erased }) => ({ x, y, pixels: pixels.data, erased })),
  };
}

/** An archive's files, as bytes and records. */
async function contents(archive: Blob): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, blob] of await unzip(archive)) {
    if (name.endsWith(".zip")) found[name] = await contents(blob);
    else found[name] = name.endsWith(".json") ? JSON.parse(await blob.text()) : await blob.bytes();
  }
  return found;
}

describe("an archive of everything", () => {
  it("makes the same library in another browser, bit for bit", async () => {
    await fill(here);
    const archive = await exportLibrary(here, editor, nothing);
    expect(await importLibrary(there, other, archive, ROOM, nothing)).toEqual({
      pictures: 3,
      known: 0,
      drafts: 1,
    });
    const before = await contents(archive);
    const after = await contents(await exportLibrary(there, other, nothing));
    expect(Object.keys(before).toSorted()).toEqual([
      `drafts/${DRAFT}.png`,
      `drafts/${DRAFT}.zip`,
      "egaku.json",
      "inputs/job_b-image.png",
      "inputs/job_b-mask.png",
      "pictures/job_a-0.png",
      "pictures/job_a-1.png",
      "pictures/job_b-0.png",
    ]);
    // Links of another server are not taken in.
    const links = JSON.stringify(before["egaku.json"]).replaceAll(/"url":"[^"]*"/g, '"url":""');
    expect(after).toEqual({ ...before, "egaku.json": JSON.parse(links) });
  });

  it("joins what is there, and takes nothing twice", async () => {
    await fill(here);
    const archive = await exportLibrary(here, editor, nothing);
    await there.put("collections", { id: "c1", name: "mine", pictures: ["job_x/0"], changedAt: 9 });
    await importLibrary(there, other, archive, ROOM, nothing);
    expect(await importLibrary(there, other, archive, ROOM, nothing)).toEqual({
      pictures: 0,
      known: 3,
      drafts: 0,
    });
    expect(await there.get("collections", "c1")).toEqual({
      id: "c1",
      name: "mine",
      pictures: ["job_x/0", "job_a/0", "job_b/0"],
      changedAt: 9,
    });
    expect(await there.count("jobs")).toBe(2);
  });

  it("holds drafts: every pixel, what is erased, the placed file, words and times", async () => {
    await fill(here);
    await importLibrary(there, other, await exportLibrary(here, editor, nothing), ROOM, nothing);
    const draft = await kept(other.documents, DRAFT);
    expect(draft).toEqual(await kept(editor.documents, DRAFT));
    expect(draft).toMatchObject({ name: "下書き", createdAt: 1000, updatedAt: 2000 });
    expect(draft.state).toMatchObject({ ...STATE, floating: [-3, 4, expect.anything()] });
    expect(draft.tiles.length).toBeGreaterThan(1);
    expect(draft.sources.length).toBe(1);
  });

  it("puts a draft beside one that has been changed since, once", async () => {
    await fill(here);
    const archive = await exportLibrary(here, editor, nothing);
    await draw(other.documents, DRAFT, 3000);
    expect((await importLibrary(there, other, archive, ROOM, nothing)).drafts).toBe(1);
    expect((await importLibrary(there, other, archive, ROOM, nothing)).drafts).toBe(0);
    const times = (await other.documents.list()).map(({ updatedAt }) => updatedAt);
    expect(times).toEqual([3000, 2000]);
    expect((await kept(other.documents, DRAFT)).updatedAt).toBe(3000);
  });

  it("may be of before there were drafts in it", async () => {
    await fill(here);
    const files = new Map(await unzip(await exportLibrary(here, editor, nothing)));
    const { drafts, ...records } = JSON.parse((await files.get("egaku.json")?.text()) ?? "");
    expect(drafts.length).toBe(1);
    files.set("egaku.json", new Blob([JSON.stringify(records)]));
    const old = await zip(files);
    expect(await importLibrary(there, other, old, ROOM, nothing)).toEqual({
      pictures: 3,
      known: 0,
      drafts: 0,
    });
  });

  it("tells how far it is", async () => {
    await fill(here);
    const told: [number, number][] = [];
    const archive = await exportLibrary(here, editor, (...far) => told.push(far));
    expect(told.at(-1)).toEqual([5, 5]);
    await importLibrary(there, other, archive, ROOM, (...far) => told.push(far));
    expect(told.at(-1)).toEqual([4, 4]);
  });
});

describe("what is no archive of ours is refused:", () => {
  async function reasonFor(archive: Blob, room = ROOM): Promise<Reason | undefined> {
    const fault = await importLibrary(there, other, archive, room, nothing).then(
      () => undefined,
      (error: { reason: Reason }) => error.reason,
    );
    return fault;
  }

  async function changed(
    change: (files: Map<string, Blob>) => void | Promise<void>,
    level = 0,
  ): Promise<Blob> {
    await fill(here);
    const files = new Map(await unzip(await exportLibrary(here, editor, nothing)));
    await change(files);
    return zip(files, level);
  }

  /** With its records changed as text. */
  const rewritten = (from: string | RegExp, to: string) =>
    changed(async (files) => {
      const text = (await files.get("egaku.json")?.text()) ?? "";
      expect(text).toMatch(from);
      files.set("egaku.json", new Blob([text.replace(from, to)]));
    });

  it("no ZIP, another ZIP", async () => {
    expect(await reasonFor(new Blob(["not a zip"]))).toBe("foreign");
    expect(await reasonFor(new Blob([]))).toBe("foreign");
    expect(await reasonFor(await zip(new Map([["photo.png", png("x")]])))).toBe("foreign");
    expect(await reasonFor(await zip(new Map([["egaku.json", new Blob(["[1]"])]])))).toBe("foreign");
  });

  it.each<[string, string | RegExp, string, Reason]>([
    ["of a version to come", '"version": 1', '"version": 2', "newer"],
    ["whose records are cut off", /\]\s*\}\s*$/, "", "broken"],
    ["with records of a wrong shape", '"n": 2', '"n": "two"', "broken"],
    ["with a path out of its folders", "pictures/job_a-0.png", "../../etc/passwd", "broken"],
    ["with a file that is not there", "pictures/job_a-0.png", "pictures/job_z-0.png", "broken"],
    ["with a picture of no job", '"key": "job_a/0"', '"key": "job_z/0"', "broken"],
  ])("one %s", async (_, from, to, reason) => {
    expect(await reasonFor(await rewritten(from, to))).toBe(reason);
    expect(await there.count("pictures")).toBe(0);
  });

  it.each<[string, string | RegExp, string, Reason]>([
    [
      "whose draft is no workspace",
      `"file": "drafts/${DRAFT}.zip"`,
      '"file": "pictures/job_a-0.png"',
      "broken",
    ],
    ["whose draft takes more than there is room for", /"bytes": \d+/, '"bytes": 10000001', "too_large"],
  ])("one %s", async (_, from, to, reason) => {
    expect(await reasonFor(await rewritten(from, to))).toBe(reason);
    expect(await other.documents.list()).toEqual([]);
  });

  it("one with what is no picture", async () => {
    const html = new Blob(["<svg onload=alert(1)>"]);
    const archive = await changed((files) => void files.set("pictures/job_a-1.png", html));
    expect(await reasonFor(archive)).toBe("broken");
    expect(await there.count("jobs")).toBe(0);
  });

  it("one whose bytes were changed", async () => {
    await fill(here);
    const bytes = await (await exportLibrary(here, editor, nothing)).bytes();
    const at = new TextDecoder("latin1").decode(bytes).indexOf("job_a-0", 100);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(await reasonFor(new Blob([bytes]))).toBe("broken");
  });

  it("one that is cut off, which began well", async () => {
    await fill(here);
    const archive = await exportLibrary(here, editor, nothing);
    expect(await reasonFor(archive.slice(0, archive.size / 2))).toBe("broken");
    expect(await there.count("pictures")).toBe(0);
  });

  it("one that unpacks to more than there is room for", async () => {
    await fill(here);
    expect(await reasonFor(await exportLibrary(here, editor, nothing), 50)).toBe("too_large");
  });

  it("a bomb: much of nothing in little", async () => {
    const much = new Blob([new Uint8Array(65 * 1024 ** 2)]);
    const archive = await changed((files) => void files.set("pictures/job_a-1.png", much), 6);
    expect(archive.size).toBeLessThan(200_000);
    expect(await reasonFor(archive)).toBe("too_large");
  });

  it("a bomb that lies about its size", async () => {
    const much = new Blob([new Uint8Array(5_000_000)]);
    const archive = await changed((files) => void files.set("pictures/job_a-1.png", much), 6);
    const bytes = await archive.bytes();
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 4; at += 1) {
      if (view.getUint32(at, true) === 5_000_000) view.setUint32(at, 100, true);
    }
    expect(await reasonFor(new Blob([bytes]))).toBe("broken");
  });
});
