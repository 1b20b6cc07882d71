import { strFromU8, strToU8, Unzip, UnzipInflate, type Zippable, zipSync } from "fflate";
import { Board, type KeptTile, type Source, TILE } from "./board";
import type { Codec } from "./codec";
import { EditorError } from "./errors";
import { emptyPixels, type Pixels } from "./geometry";

export interface Workspace {
  name: string;
  board: Board;
  /** As it was given, through JSON: check it before use, the file may come from anywhere. */
  state: unknown;
  /** A picture that lies over the board and is not part of it yet: its file, and where its corner is. */
  floating: Floating | null;
}

interface Floating {
  file: Blob;
  x: number;
  y: number;
}

/** Unpacked; a document of MOST_SIDE squared in noise has 310 MB. */
export const MOST_WORKSPACE_BYTES = 512 * 1024 * 1024;
const KIND = "egaku-workspace";
const VERSION = 1;
const INDEX = "workspace.json";
const FLOATING = "floating";
const SLICE = 1024 * 1024;

export type PngCodec = Pick<Codec, "encode" | "decode">;

interface Index {
  kind: typeof KIND;
  version: number;
  name: string;
  state: unknown;
  tiles: { x: number; y: number; erased: boolean }[];
  sources: { x: number; y: number; width: number; height: number }[];
  floating: { x: number; y: number; type: string } | null;
}

/** A .zip that holds everything: tiles as PNG, what is erased, placed files, `workspace.json`. */
export async function packWorkspace(
  { name, board, state, floating }: Workspace,
  codec: PngCodec,
): Promise<Blob> {
  const bounds = board.bounds();
  const tiles = bounds ? board.tiles(bounds) : [];
  const { sources } = board;
  const index: Index = {
    kind: KIND,
    version: VERSION,
    name,
    state,
    tiles: tiles.map(({ x, y, erased }) => ({ x, y, erased: erased !== null })),
    sources: sources.map(({ rect: { x, y, width, height } }) => ({ x, y, width, height })),
    floating: floating && { x: floating.x, y: floating.y, type: floating.file.type },
  };
  // All at once, so that all is of one moment: what is encoded is copied when it is asked for.
  const files = await Promise.all([
    ...tiles.map(async (tile) => [tilePath(tile), await codec.encode(tile.pixels)] as const),
    ...tiles.flatMap(({ x, y, erased }) =>
      erased ? [codec.encode(marked(erased)).then((blob) => [erasedPath({ x, y }), blob] as const)] : [],
    ),
    ...sources.map(({ file }, at) => [sourcePath(at), file] as const),
    ...(floating ? [[FLOATING, floating.file] as const] : []),
  ]);
  const zipped: Zippable = { [INDEX]: strToU8(JSON.stringify(index, null, 2)) };
  for (const [path, blob] of files) zipped[path] = [new Uint8Array(await blob.arrayBuffer()), { level: 0 }];
  return new Blob([zipSync(zipped) as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}

/** Throws EditorError not_a_workspace, newer_workspace, document_too_large or codec_failed. */
export async function unpackWorkspace(
  file: Blob,
  codec: PngCodec,
  mostBytes: number = MOST_WORKSPACE_BYTES,
): Promise<Workspace> {
  const files = await unzipped(file, mostBytes);
  const index = indexOf(files.get(INDEX));
  const image = async (path: string): Promise<Pixels> => {
    const bytes = files.get(path);
    if (!bytes) throw foreign(`${path} is missing`);
    const { pixels } = await codec.decode(new Blob([bytes])).catch((error) => {
      throw error instanceof EditorError && error.fault === "codec_failed" ? error : foreign(path, error);
    });
    return pixels;
  };
  const tiles: KeptTile[] = [];
  for (const { x, y, erased } of index.tiles) {
    const pixels = tileOf(await image(tilePath({ x, y })));
    tiles.push({ x, y, pixels, erased: erased ? unmarked(tileOf(await image(erasedPath({ x, y })))) : null });
  }
  const sources = await sourcesOf(index, files, tiles, image);
  const floating = await floatingOf(index, files, image);
  return { name: index.name, board: Board.of(tiles, sources), state: index.state, floating };
}

/** Only those that look as the document does: what is sent has to be what is seen. */
async function sourcesOf(
  index: Index,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  tiles: readonly KeptTile[],
  image: (path: string) => Promise<Pixels>,
): Promise<Source[]> {
  const unerased = Board.of(
    tiles.map((tile) => ({ ...tile, erased: null })),
    [],
  );
  const sources: Source[] = [];
  for (const [at, rect] of index.sources.entries()) {
    const path = sourcePath(at);
    const { width, height, data } = await image(path);
    if (width !== rect.width || height !== rect.height) continue;
    const seen = unerased.read(rect).data;
    const opaque = data.every((value, part) => part % 4 !== 3 || value === 255);
    if (!opaque || !seen.every((value, part) => value === data[part])) continue;
    sources.push({
      rect,
      file: new Blob([files.get(path) as Uint8Array<ArrayBuffer>], { type: "image/png" }),
    });
  }
  return sources;
}

async function floatingOf(
  { floating }: Index,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  image: (path: string) => Promise<Pixels>,
): Promise<Floating | null> {
  if (!floating) return null;
  await image(FLOATING); // else only opening the draft would tell
  const { x, y, type } = floating;
  return { file: new Blob([files.get(FLOATING) as Uint8Array<ArrayBuffer>], { type }), x, y };
}

const tilePath = ({ x, y }: { x: number; y: number }) => `tiles/${x}_${y}.png`;
const erasedPath = ({ x, y }: { x: number; y: number }) => `erased/${x}_${y}.png`;
const sourcePath = (at: number) => `sources/${at}.png`;

function foreign(detail: string, cause?: unknown): EditorError {
  return new EditorError("not_a_workspace", detail, { cause });
}

function marked(erased: Uint8Array): Pixels {
  const pixels = emptyPixels(TILE, TILE);
  erased.forEach((one, place) => {
    pixels.data[place * 4 + 3] = one ? 255 : 0;
  });
  return pixels;
}

function unmarked({ data }: Pixels): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: TILE * TILE }, (_, place) => (data[place * 4 + 3] ? 1 : 0));
}

function tileOf(pixels: Pixels): Pixels {
  if (pixels.width !== TILE || pixels.height !== TILE) throw foreign("a tile of another size");
  return pixels;
}

/** Every file of a .zip. Throws EditorError not_a_workspace. */
async function unzipped(file: Blob, mostBytes: number): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let bytes = 0;
  const unzip = new Unzip((entry) => {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    entry.ondata = (error, data, final) => {
      if (error) throw error instanceof EditorError ? error : foreign(entry.name, error);
      bytes += data.length;
      if (bytes > mostBytes) throw foreign("too much in it");
      parts.push(new Uint8Array(data));
      if (final) files.set(entry.name, joined(parts));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < file.size; at += SLICE) {
    const slice = new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer());
    try {
      unzip.push(slice, at + SLICE >= file.size);
    } catch (error) {
      throw error instanceof EditorError ? error : foreign("not a .zip", error);
    }
  }
  return files;
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Throws EditorError not_a_workspace or newer_workspace. */
function indexOf(bytes: Uint8Array | undefined): Index {
  if (!bytes) throw foreign(`no ${INDEX}`);
  let read: unknown;
  try {
    read = JSON.parse(strFromU8(bytes));
  } catch (error) {
    throw foreign(INDEX, error);
  }
  const index = (read ?? {}) as Partial<Index>;
  if (index.kind !== KIND || typeof index.version !== "number") throw foreign("of another kind");
  if (index.version > VERSION) throw new EditorError("newer_workspace", `version ${index.version}`);
  const { tiles, sources, name } = index;
  const fine =
    typeof name === "string" &&
    isList(tiles, ({ x, y, erased }) => onGrid(x) && onGrid(y) && typeof erased === "boolean") &&
    isList(sources, ({ x, y, width, height }) => [x, y, width, height].every(Number.isSafeInteger));
  if (!fine) throw foreign(INDEX);
  const { x, y, type } = Object(index.floating) as Record<string, unknown>;
  const floats = Number.isSafeInteger(x) && Number.isSafeInteger(y) && typeof type === "string";
  if (index.floating && !floats) throw foreign(INDEX);
  return { ...(index as Index), floating: index.floating ?? null };
}

function isList(value: unknown, fine: (one: Record<string, unknown>) => boolean): boolean {
  return (
    Array.isArray(value) &&
    value.every((one) => typeof one === "object" && one !== null && fine(one as never))
  );
}

function onGrid(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) % TILE === 0;
}
