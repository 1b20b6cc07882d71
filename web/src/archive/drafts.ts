import type { Board } from "../editor/engine/board";
import { Codec } from "../editor/engine/codec";
import { type Documents, openDocuments, type Summary } from "../editor/engine/documents";
import { EditorError } from "../editor/engine/errors";
import { type PngCodec, packWorkspace, unpackWorkspace } from "../editor/engine/workspace";
import { frameFor } from "../editor/frames";
import { parseSaved, portable, type Saved } from "../editor/saved";
import type { DraftRecord } from "./manifest";
import { ArchiveFault, type Unpacker } from "./unpack";
import type { Packer } from "./zip";

/** The editor's drafts, and what makes files of their pixels. */
export interface Drafts {
  documents: Documents<Saved>;
  codec: PngCodec;
}

/** Do something with the browser's drafts. */
export async function withDrafts<T>(use: (drafts: Drafts) => Promise<T>): Promise<T> {
  const codec = new Codec();
  const documents = await openDocuments<Saved>();
  try {
    return await use({ documents, codec });
  } finally {
    documents.close();
    codec.close();
  }
}

/** Put a draft into an archive, as the workspace file that the editor would save: its record, null where it is gone. */
export async function packDraft(
  packer: Packer,
  { documents, codec }: Drafts,
  { id, createdAt, updatedAt }: Summary,
): Promise<DraftRecord | null> {
  const draft = await documents.load(id);
  if (!draft) return null; // deleted in another tab meanwhile
  const { name, board, state, thumbnail } = draft;
  const file = await packer.add(
    `drafts/${id}.zip`,
    await packWorkspace({ name, board, state: portable(state), floating: state.floating }, codec),
  );
  const small =
    thumbnail && (await packer.add(`drafts/${id}.${SUFFIXES[thumbnail.type] ?? "bin"}`, thumbnail));
  return { id, createdAt, updatedAt, from: state.from, file, thumbnail: small, bytes: bytesOf(board) };
}

const SUFFIXES: Record<string, string> = { "image/webp": "webp", "image/png": "png" };

/**
 * Take a draft in, its pixels and all that is erased; false for one that is there already. One of the same id that was
 * changed since, here or there, stays, and that of the archive is put beside it. Throws ArchiveFault.
 */
export async function takeDraft(
  archive: Unpacker,
  { documents, codec }: Drafts,
  record: DraftRecord,
): Promise<boolean> {
  const { createdAt, updatedAt, from } = record;
  const there = new Map((await documents.list()).map((one) => [one.id, one]));
  const same = there.get(record.id)?.updatedAt === updatedAt;
  const id = there.has(record.id) && !same ? otherId(record) : record.id;
  if (there.has(id)) return false;
  try {
    const { name, board, state, floating } = await unpackWorkspace(await archive.file(record.file), codec);
    const thumbnail = record.thumbnail === null ? null : await archive.image(record.thumbnail);
    const fresh = { ...parseSaved(state, plain(board)), from, floating };
    await documents.save({ id, name, board, state: fresh, thumbnail }, { createdAt, updatedAt });
    return true;
  } catch (error) {
    const fault = error instanceof EditorError ? FAULTS[error.fault] : undefined;
    throw fault ? new ArchiveFault(fault) : error;
  }
}

const FAULTS: Partial<Record<EditorError["fault"], ArchiveFault["reason"]>> = {
  not_a_workspace: "broken",
  newer_workspace: "newer",
  document_too_large: "broken",
};

/** The same for the same edition, so that an archive that is taken in twice makes no third draft. */
function otherId({ id, updatedAt }: DraftRecord): string {
  return Math.round(updatedAt).toString(16).padStart(12, "0").slice(-12) + id.slice(12);
}

function plain(board: Board): Saved {
  const rect = board.bounds() ?? { x: 0, y: 0, width: 1024, height: 1024 };
  return {
    frame: frameFor(rect),
    prompt: "",
    n: 4,
    overmask: null,
    camera: null,
    from: null,
    ask: null,
    sent: null,
    floating: null,
  };
}

/** What a board takes when it is unpacked. */
function bytesOf(board: Board): number {
  const bounds = board.bounds();
  const tiles = bounds ? board.tiles(bounds) : [];
  const pixels = tiles.reduce((sum, one) => sum + one.pixels.data.length + (one.erased?.length ?? 0), 0);
  return board.sources.reduce((sum, { file }) => sum + file.size, pixels);
}
