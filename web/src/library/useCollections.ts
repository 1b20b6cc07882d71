import {
  dropCollection,
  listCollections,
  makeCollection,
  putInto,
  renameCollection,
  takeFrom,
} from "./collections";
import type { Collection } from "./database";
import { useLibrary } from "./LibraryProvider";
import { useStored } from "./stored";

export interface Collections {
  /** The one changed last first; undefined until they are read. */
  all: readonly Collection[] | undefined;
  make: (name: string, keys?: readonly string[]) => Promise<Collection>;
  rename: (id: string, name: string) => Promise<void>;
  drop: (id: string) => Promise<void>;
  /** Throws where a picture is neither kept nor to be had. */
  put: (id: string, keys: readonly string[]) => Promise<void>;
  take: (id: string, keys: readonly string[]) => Promise<void>;
}

export function useCollections(): Collections {
  const { change, keep } = useLibrary();
  const all = useStored("collections", null, listCollections);
  return {
    all,
    make: async (name, keys = []) => {
      await keep(keys);
      return change((open) => makeCollection(open, name, keys));
    },
    rename: (id, name) => change((open) => renameCollection(open, id, name)),
    drop: (id) => change((open) => dropCollection(open, id)),
    put: async (id, keys) => {
      await keep(keys);
      await change((open) => putInto(open, id, keys));
    },
    take: (id, keys) => change((open) => takeFrom(open, id, keys)),
  };
}
