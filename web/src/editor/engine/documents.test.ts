import "fake-indexeddb/auto";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Board } from "./board";
import { type Documents, type Draft, openDocuments } from "./documents";
import { noise, plain, Random, same, shapeOver } from "./testing";

interface State {
  prompt: string;
}

const WORLD = { x: -700, y: -700, width: 1400, height: 1400 };
let documents: Documents<State>;
let name: string;
let count = 0;

beforeEach(async () => {
  count += 1;
  name = `documents-${count}`;
  documents = await openDocuments<State>(name);
});
afterEach(() => documents.close());

function draft(id: string, board = new Board(), prompt = ""): Draft<State> {
  return { id, name: `of ${id}`, board, state: { prompt }, thumbnail: null };
}

async function loaded(id: string): Promise<Draft<State>> {
  const found = await documents.load(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

/** Erased pixels and all. */
function expectSame(one: Board, other: Board): void {
  expect(one.bounds()).toEqual(other.bounds());
  const [left, right] = [one.tiles(WORLD), other.tiles(WORLD)];
  expect(left.map(({ key }) => key).sort()).toEqual(right.map(({ key }) => key).sort());
  for (const tile of left) {
    const there = right.find(({ key }) => key === tile.key);
    expect(there && same(tile.pixels.data, there.pixels.data)).toBe(true);
    expect(Boolean(tile.erased)).toBe(Boolean(there?.erased));
    if (tile.erased && there?.erased) expect(same(tile.erased, there.erased)).toBe(true);
  }
}

/** Keys of the tiles that are written between now and `done`. */
async function written(doing: () => Promise<void>): Promise<string[]> {
  const put = IDBObjectStore.prototype.put;
  const keys: string[] = [];
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    if (Array.isArray(key)) keys.push(String(key[1]));
    return put.call(this, value, key);
  };
  try {
    await doing();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  return keys.sort();
}

describe("documents", () => {
  it("come back as they were, over many changes", async () => {
    const random = new Random(40);
    const board = new Board();
    for (let round = 0; round < 12; round += 1) {
      const doing = random.pick(["place", "erase", "undo", "accept"] as const);
      if (doing === "place")
        board.place(noise(random, 200, 90, false), random.whole(-300, 200), random.whole(-300, 200));
      if (doing === "erase") board.erase(shapeOver(random, { x: -200, y: -200, width: 400, height: 400 }));
      if (doing === "undo") board.undo();
      if (doing === "accept")
        board.accept({ x: random.whole(-300, 99), y: -9, side: 256 }, noise(random, 256, 256), 8);
      await documents.save(draft("a", board, `round ${round}`));
      const there = await loaded("a");
      expectSame(there.board, board);
      expect(there).toMatchObject({ id: "a", name: "of a", state: { prompt: `round ${round}` } });
      expect([there.board.canUndo, there.board.canRedo]).toEqual([false, false]);
    }
  });

  it("writes the tiles that changed and no others", async () => {
    const board = new Board();
    board.place(plain(512, [1, 2, 3, 255]), -256, -256);
    const save = () => written(() => documents.save(draft("a", board)));
    expect(await save()).toEqual(["-256,-256", "-256,0", "0,-256", "0,0"]);
    expect(await save()).toEqual([]);
    board.erase({ kind: "rect", x: -9, y: 5, width: 3, height: 3 });
    expect(await save()).toEqual(["-256,0"]);
    const again = await loaded("a");
    again.board.erase({ kind: "rect", x: 9, y: 5, width: 3, height: 3 });
    expect(await written(() => documents.save(again))).toEqual(["0,0"]);
    again.board.undo();
    again.board.place(plain(8, [1, 1, 1, 255]), 600, 0);
    await documents.save(again);
    again.board.undo();
    await documents.save(again);
    expectSame((await loaded("a")).board, again.board);
  });

  it("are not saved over what another tab saved since", async () => {
    const first = new Board();
    first.place(plain(300, [1, 1, 1, 255]), 0, 0);
    await documents.save(draft("a", first));
    const elsewhere = await openDocuments<State>(name);
    const other = await elsewhere.load("a");
    other?.board.place(plain(300, [2, 2, 2, 255]), -300, 0);
    if (other) await elsewhere.save({ ...other, state: { prompt: "theirs" } });
    first.erase({ kind: "rect", x: 0, y: 0, width: 5, height: 5 });
    const late = documents.save(draft("a", first, "ours"));
    await expect(late).rejects.toMatchObject({ fault: "changed_elsewhere" });
    await expect(documents.save(draft("a"))).rejects.toMatchObject({ fault: "changed_elsewhere" });
    const there = await loaded("a");
    expect(there.state.prompt).toBe("theirs");
    if (other) expectSame(there.board, other.board);
    await documents.save(draft("copy", first));
    expectSame((await loaded("copy")).board, first);
    await elsewhere.delete("a");
    await documents.save(there);
    if (other) expectSame((await loaded("a")).board, other.board);
    elsewhere.close();
  });

  it("are whole when saves overlap and the board changes meanwhile", async () => {
    const board = new Board();
    const saves: Promise<void>[] = [];
    for (let step = 0; step < 6; step += 1) {
      board.place(plain(40, [step, 1, 1, 255]), step * 120 - 300, 0);
      saves.push(documents.save(draft("a", board, `${step}`)));
      if (step % 2) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(saves);
    const there = await loaded("a");
    expectSame(there.board, board);
    expect(there.state.prompt).toBe("5");
  });

  it("keeps the files of untouched pictures", async () => {
    const board = new Board();
    board.place(plain(256, [1, 2, 3, 255]), 0, 0, new Blob(["the file"]));
    await documents.save(draft("a", board));
    const source = (await loaded("a")).board.source({ x: 0, y: 0, width: 256, height: 256 });
    expect(await source?.file.text()).toBe("the file");
  });

  it("lists the latest first, and forgets what is deleted, tiles and all", async () => {
    for (const id of ["a", "b", "a-longer"]) {
      const board = new Board();
      board.place(plain(20, [1, 1, 1, 255]), 0, 0);
      await documents.save(draft(id, board));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const first = await loaded("a");
    await documents.save(first);
    const listed = await documents.list();
    expect(listed.map(({ id }) => id)).toEqual(["a", "a-longer", "b"]);
    expect(listed[0]?.createdAt).toBeLessThan(listed[2]?.createdAt as number);
    await documents.delete("a");
    expect(await documents.load("a")).toBeNull();
    expectSame((await loaded("a-longer")).board, first.board);
    const raw = await openDB(name);
    expect(await raw.getAllKeys("tiles")).toHaveLength(2);
    raw.close();
  });

  it("keeps what was there when the storage is full, and says so", async () => {
    const board = new Board();
    board.place(plain(20, [1, 1, 1, 255]), 0, 0);
    await documents.save(draft("a", board, "before"));
    board.place(plain(600, [2, 2, 2, 255]), 0, 0);
    const put = IDBObjectStore.prototype.put;
    let puts = 0;
    IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
      puts += 1;
      if (puts === 3) throw new DOMException("full", "QuotaExceededError");
      return put.call(this, value, key);
    };
    try {
      await expect(documents.save(draft("a", board, "after"))).rejects.toMatchObject({
        fault: "storage_full",
      });
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    const there = await loaded("a");
    expect([there.state.prompt, there.board.bounds()?.width]).toEqual(["before", 20]);
    await documents.save(draft("a", board, "after"));
    expectSame((await loaded("a")).board, board);
  });
});
