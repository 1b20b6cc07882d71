import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { Board, type KeptTile, type Source } from "./board";
import { EditorError } from "./errors";

/** One entry of the list of drafts. */
export interface Summary {
  id: string;
  name: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
  /** A small picture, for the list. */
  thumbnail: Blob | null;
}

/** A document as it is kept. `State` is the page's own (frame, prompt, job …), anything IndexedDB can clone. */
export interface Draft<State> {
  id: string;
  name: string;
  board: Board;
  state: State;
  thumbnail: Blob | null;
}

type Times = Pick<Summary, "createdAt" | "updatedAt">;

export interface Documents<State> {
  /** Latest first. */
  list(): Promise<Summary[]>;
  /** Null when there is none of that id. The history of undo is not kept. */
  load(id: string): Promise<Draft<State> | null>;
  /**
   * Write what changed since this board was last saved or loaded; everything, where it is not there or no more. All of it
   * is kept or nothing. `times`, in milliseconds since 1970, are those of a draft that was made elsewhere; else it is
   * changed now. Throws EditorError storage_full, or changed_elsewhere where another tab saved since.
   */
  save(draft: Draft<State>, times?: Times): Promise<void>;
  delete(id: string): Promise<void>;
  close(): void;
}

interface KeptDocument extends Summary {
  state: unknown;
  sources: readonly Source[];
  /** Another with every save. */
  edition: string;
}

interface Schema extends DBSchema {
  documents: { key: string; value: KeptDocument; indexes: { updatedAt: number } };
  tiles: { key: [id: string, tile: string]; value: KeptTile };
}

/** What of a board is in the store. */
interface Kept {
  id: string;
  edition: string;
  versions: ReadonlyMap<string, number>;
}

/** Open the browser's own store of documents, making it if need be. */
export async function openDocuments<State>(name = "egaku-documents"): Promise<Documents<State>> {
  const database = await openDB<Schema>(name, 1, {
    upgrade(made) {
      made.createObjectStore("documents", { keyPath: "id" }).createIndex("updatedAt", "updatedAt");
      made.createObjectStore("tiles");
    },
    // Clearing everything must not wait for this one.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  return new Store<State>(database);
}

class Store<State> implements Documents<State> {
  readonly #database: IDBPDatabase<Schema>;
  readonly #kept = new WeakMap<Board, Kept>();

  constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  async list(): Promise<Summary[]> {
    const kept = await this.#database.getAllFromIndex("documents", "updatedAt");
    return kept.reverse().map(({ id, name, createdAt, updatedAt, thumbnail }) => ({
      id,
      name,
      createdAt,
      updatedAt,
      thumbnail,
    }));
  }

  async load(id: string): Promise<Draft<State> | null> {
    const reading = this.#database.transaction(["documents", "tiles"]);
    const [kept, tiles] = await Promise.all([
      reading.objectStore("documents").get(id),
      reading.objectStore("tiles").getAll(tilesOf(id)),
    ]);
    if (!kept) return null;
    const board = Board.of(tiles, kept.sources);
    this.#kept.set(board, { id, edition: kept.edition, versions: versionsOf(board) });
    return { id, name: kept.name, board, state: kept.state as State, thumbnail: kept.thumbnail };
  }

  async save({ id, name, board, state, thumbnail }: Draft<State>, times?: Times): Promise<void> {
    const writing = this.#database.transaction(["documents", "tiles"], "readwrite");
    const documents = writing.objectStore("documents");
    const edition = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const done: Promise<unknown>[] = [writing.done];
    try {
      const before = await documents.get(id);
      const known = this.#kept.get(board);
      const same = before && known?.id === id && known.edition === before.edition;
      if (before && !same) throw new EditorError("changed_elsewhere");
      const versions = versionsOf(board);
      const tiles = writing.objectStore("tiles");
      if (!same) done.push(tiles.delete(tilesOf(id)));
      else
        for (const key of known.versions.keys()) if (!versions.has(key)) done.push(tiles.delete([id, key]));
      for (const { key, x, y, pixels, erased, version } of all(board)) {
        if (same && known.versions.get(key) === version) continue;
        done.push(tiles.put({ x, y, pixels, erased }, [id, key]));
      }
      const { sources } = board;
      const { createdAt, updatedAt } = times ?? {
        createdAt: before?.createdAt ?? Date.now(),
        updatedAt: Date.now(),
      };
      done.push(documents.put({ id, name, createdAt, updatedAt, thumbnail, state, sources, edition }));
      await Promise.all(done);
      this.#kept.set(board, { id, edition, versions });
    } catch (error) {
      abort(writing);
      // All that waited for it fails as well, and is told once.
      void Promise.allSettled(done);
      if (isFull(error))
        throw new EditorError("storage_full", "The browser's storage is full.", { cause: error });
      throw error;
    }
  }

  async delete(id: string): Promise<void> {
    const writing = this.#database.transaction(["documents", "tiles"], "readwrite");
    await Promise.all([
      writing.objectStore("documents").delete(id),
      writing.objectStore("tiles").delete(tilesOf(id)),
      writing.done,
    ]);
  }

  close(): void {
    this.#database.close();
  }
}

/** Keys of all tiles of a document. */
function tilesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, ""], [id, "\uffff"]);
}

/** Where nothing failed but the call itself, what was asked before it would be kept. */
function abort(writing: { abort(): void }): void {
  try {
    writing.abort();
  } catch {
    // It was over already.
  }
}

function all(board: Board) {
  const bounds = board.bounds();
  return bounds ? board.tiles(bounds) : [];
}

function versionsOf(board: Board): Map<string, number> {
  return new Map(all(board).map(({ key, version }) => [key, version]));
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
