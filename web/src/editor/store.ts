import { newKey } from "../api/client";
import { Board } from "./engine/board";
import { Codec } from "./engine/codec";
import { type Documents, openDocuments } from "./engine/documents";
import type { Rect } from "./engine/geometry";
import { unpackWorkspace } from "./engine/workspace";
import { frameFor } from "./frames";
import { parseSaved, type Saved } from "./saved";
import { thumbnailOf } from "./thumbnail";

let opened: Promise<Documents<Saved>> | undefined;

/** The browser's drafts. */
export function documents(): Promise<Documents<Saved>> {
  opened ??= openDocuments<Saved>().catch((error: unknown) => {
    opened = undefined; // the next one may have more luck
    throw error;
  });
  return opened;
}

const PLAIN: Rect = { x: 0, y: 0, width: 1024, height: 1024 };

function fresh(rect: Rect, n: number, from: string | null = null, prompt = ""): Saved {
  const frame = frameFor(rect);
  return { frame, prompt, n, overmask: null, camera: null, from, ask: null, sent: null, floating: null };
}

async function keep(name: string, board: Board, state: Saved): Promise<string> {
  const id = newKey();
  await (await documents()).save({ id, name, board, state, thumbnail: await thumbnailOf(board) });
  return id;
}

async function withCodec<T>(use: (codec: Codec) => Promise<T>): Promise<T> {
  const codec = new Codec();
  try {
    return await use(codec);
  } finally {
    codec.close();
  }
}

/** Begin a draft with nothing on it: its id. */
export function startBlank(n: number): Promise<string> {
  return keep("", new Board(), fresh(PLAIN, n));
}

/** Begin a draft that is as another is now. */
export function startCopy(name: string, board: Board, state: Saved): Promise<string> {
  return keep(name, board, state);
}

/** Begin a draft with a picture, of any size, and words. Throws EditorError for what is none. */
export function startFromPicture(
  file: Blob,
  name: string,
  n: number,
  from: string | null = null,
  prompt = "",
): Promise<string> {
  return withCodec(async (codec) => {
    const { pixels, file: original } = await codec.decode(file);
    const board = new Board();
    board.place(pixels, 0, 0, original);
    const rect = { x: 0, y: 0, width: pixels.width, height: pixels.height };
    return keep(name, board, fresh(rect, n, from, prompt));
  });
}

/** Begin a draft with what a workspace file holds. Throws EditorError for what is none. */
export function startFromWorkspace(file: Blob, n: number): Promise<string> {
  return withCodec(async (codec) => {
    const { name, board, state, floating } = await unpackWorkspace(file, codec);
    return keep(name, board, { ...parseSaved(state, fresh(board.bounds() ?? PLAIN, n)), floating });
  });
}
