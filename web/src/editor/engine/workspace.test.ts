import { strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { Board } from "./board";
import { EditorError } from "./errors";
import type { Pixels } from "./geometry";
import { writePng } from "./png";
import { codec, noise, plain, Random, same, shapeOver } from "./testing";
import { packWorkspace, unpackWorkspace } from "./workspace";

const WORLD = { x: -512, y: -512, width: 1024, height: 1024 };
const RECT = { x: -300, y: 7, width: 256, height: 256 };

function busy(random: Random): Board {
  const board = new Board();
  for (let round = 0; round < 3; round += 1) {
    board.place(noise(random, 120, 200, false), random.whole(-300, 200), random.whole(-300, 200));
    board.erase(shapeOver(random, { x: -200, y: -200, width: 400, height: 400 }));
  }
  const picture = noise(random, 256, 256);
  board.place(picture, RECT.x, RECT.y, new Blob([writePng(picture)], { type: "image/png" }));
  board.erase({ kind: "capsule", from: RECT, to: { x: -90, y: 200 }, radius: 30 });
  return board;
}

async function changed(file: Blob, change: (files: Record<string, Uint8Array>) => void): Promise<Blob> {
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  change(files);
  return zip(files);
}

function zip(files: Zippable): Blob {
  return new Blob([zipSync(files) as Uint8Array<ArrayBuffer>]);
}

function fault(file: Blob): Promise<string> {
  return unpackWorkspace(file, codec).then(
    () => "none",
    (error) => (error instanceof EditorError ? error.fault : String(error)),
  );
}

describe("a workspace file", () => {
  it("holds everything, bit for bit", async () => {
    const random = new Random(50);
    for (let round = 0; round < 3; round += 1) {
      const board = busy(random);
      const state = { frame: { x: 1, y: 2, side: 512 }, prompt: "a fox, 狐" };
      const file = await packWorkspace({ name: "狐", board, state, floating: null }, codec);
      const there = await unpackWorkspace(file, codec);
      expect([there.name, there.state]).toEqual(["狐", state]);
      expect(there.board.bounds()).toEqual(board.bounds());
      expect(same(there.board.read(WORLD).data, board.read(WORLD).data)).toBe(true);
      expect(await there.board.source(RECT)?.file.text()).toBe(await board.source(RECT)?.file.text());
      board.clearErased();
      there.board.clearErased();
      expect(same(there.board.read(WORLD).data, board.read(WORLD).data)).toBe(true);
    }
  });

  it("may be packed again by other hands", async () => {
    const board = busy(new Random(51));
    const file = await packWorkspace({ name: "x", board, state: null, floating: null }, codec);
    const again = await changed(file, (files) => Object.assign(files, { "README.txt": strToU8("hello") }));
    const there = await unpackWorkspace(again, codec);
    expect(same(there.board.read(WORLD).data, board.read(WORLD).data)).toBe(true);
  });

  it("holds a picture that floats, to the byte", async () => {
    const file = new Blob([writePng(noise(new Random(56), 30, 40))], { type: "image/png" });
    const floating = { file, x: -70, y: 9 };
    const packed = await packWorkspace({ name: "", board: new Board(), state: null, floating }, codec);
    const there = await unpackWorkspace(packed, codec);
    expect(there.floating).toMatchObject({ x: -70, y: 9 });
    expect(there.floating?.file.type).toBe("image/png");
    expect(await there.floating?.file.text()).toBe(await file.text());
    for (const bytes of [strToU8("no"), undefined]) {
      const other = await changed(packed, (files) => {
        if (bytes) files.floating = bytes;
        else delete files.floating;
      });
      expect(await fault(other)).toBe("not_a_workspace");
    }
  });

  it("may be empty", async () => {
    const file = await packWorkspace({ name: "", board: new Board(), state: 1, floating: null }, codec);
    expect((await unpackWorkspace(file, codec)).board.bounds()).toBeNull();
  });

  it("is of one moment, whatever happens while it is packed", async () => {
    const board = busy(new Random(52));
    const before = board.read(WORLD);
    // As a worker's messages are: copied when they are sent.
    const slow = { ...codec, encode: (pixels: Pixels) => codec.encode(structuredClone(pixels)) };
    const packing = packWorkspace({ name: "", board, state: null, floating: null }, slow);
    board.place(plain(256, [1, 1, 1, 255]), 0, 0);
    board.clearErased();
    const there = await unpackWorkspace(await packing, codec);
    expect(same(there.board.read(WORLD).data, before.data)).toBe(true);
  });

  it("sends no file that does not look as the document does", async () => {
    const board = busy(new Random(53));
    const file = await packWorkspace({ name: "", board, state: null, floating: null }, codec);
    const other = await changed(file, (files) => {
      files["sources/0.png"] = writePng(plain(256, [6, 6, 6, 255]));
    });
    expect((await unpackWorkspace(file, codec)).board.sources).toHaveLength(1);
    expect((await unpackWorkspace(other, codec)).board.sources).toHaveLength(0);
  });

  it("is told from others", async () => {
    const file = await packWorkspace(
      { name: "", board: busy(new Random(54)), state: null, floating: null },
      codec,
    );
    const index = (change: object) =>
      changed(file, (files) => {
        const read = JSON.parse(new TextDecoder().decode(files["workspace.json"]));
        files["workspace.json"] = strToU8(JSON.stringify({ ...read, ...change }));
      });
    expect(await fault(await index({ version: 2 }))).toBe("newer_workspace");
    const far = writePng(plain(256, [1, 1, 1, 255]));
    const tiles = [0, 8192].map((x) => ({ x, y: 0, erased: false }));
    const wide = { kind: "egaku-workspace", version: 1, name: "", state: 0, tiles, sources: [] };
    const zipped = {
      "workspace.json": strToU8(JSON.stringify(wide)),
      "tiles/0_0.png": far,
      "tiles/8192_0.png": far,
    };
    expect(await fault(zip(zipped))).toBe("document_too_large");
    for (const none of [
      new Blob([]),
      new Blob(["hello"]),
      file.slice(0, Math.floor(file.size / 2)),
      zip({ "a.txt": strToU8("x") }),
      zip({ "workspace.json": strToU8("{") }),
      zip({ "workspace.json": strToU8("null") }),
      await index({ kind: "other" }),
      await index({ tiles: "none" }),
      await index({ tiles: [null] }),
      await index({ tiles: [{ x: 1, y: 0, erased: false }] }),
      await index({ tiles: [{ x: 0, y: 256 * 99, erased: false }] }),
      await index({ sources: [{ x: 0.5, y: 0, width: 1, height: 1 }] }),
      await index({ name: 5 }),
      await index({ floating: { x: 0.5, y: 0, type: "" } }),
      await changed(file, (files) => delete files["sources/0.png"]),
      await changed(file, (files) => Object.assign(files, { "sources/0.png": strToU8("no") })),
      await changed(file, (files) =>
        Object.assign(files, { "tiles/0_0.png": writePng(plain(8, [1, 1, 1, 1])) }),
      ),
    ]) {
      expect(await fault(none)).toBe("not_a_workspace");
    }
  });

  it("gives a board or says why not, whatever is done to it", async () => {
    const random = new Random(55);
    const board = new Board();
    board.place(noise(random, 20, 20), 250, 250);
    board.erase({ kind: "rect", x: 252, y: 252, width: 9, height: 9 });
    const packed = await packWorkspace({ name: "x", board, state: [1, 2], floating: null }, codec);
    const bytes = new Uint8Array(await packed.arrayBuffer());
    const faults = new Map<string, number>();
    for (let round = 0; round < 150; round += 1) {
      const hurt = bytes.slice(0, random.chance(0.8) ? bytes.length : random.whole(0, bytes.length));
      for (let flip = random.whole(1, 5); flip > 0 && hurt.length; flip -= 1) {
        hurt[random.whole(0, hurt.length - 1)] = random.whole(0, 255);
      }
      const came = await fault(new Blob([hurt]));
      faults.set(came, (faults.get(came) ?? 0) + 1);
    }
    for (const came of faults.keys()) expect(["none", "not_a_workspace", "newer_workspace"]).toContain(came);
    expect(faults.get("not_a_workspace")).toBeGreaterThan(25);
  });

  it("is unpacked no further than there is room for", async () => {
    const file = await packWorkspace({ name: "", board: new Board(), state: null, floating: null }, codec);
    const bomb = await changed(file, (files) => Object.assign(files, { zeros: new Uint8Array(5_000_000) }));
    expect(bomb.size).toBeLessThan(50_000);
    await expect(unpackWorkspace(bomb, codec, 1_000_000)).rejects.toMatchObject({
      message: "too much in it",
    });
    expect((await unpackWorkspace(bomb, codec, 6_000_000)).board.bounds()).toBeNull();
  });
});
