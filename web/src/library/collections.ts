import { newKey } from "../api/client";
import type { Collection, Library } from "./database";

/** Code points of the longest name. */
export const LONGEST_NAME = 80;

/** All collections, the one changed last first. */
export async function listCollections(library: Library): Promise<readonly Collection[]> {
  const all = await library.getAll("collections");
  return all.sort((one, other) => other.changedAt - one.changedAt || (one.name < other.name ? -1 : 1));
}

/** A name as it is kept; null for one that cannot be. */
export function tidyName(name: string): string | null {
  const tidy = name.trim().replace(/\s+/g, " ");
  return tidy && [...tidy].length <= LONGEST_NAME ? tidy : null;
}

export async function makeCollection(
  library: Library,
  name: string,
  pictures: readonly string[] = [],
): Promise<Collection> {
  const made = { id: newKey(), name, pictures: [...new Set(pictures)], changedAt: Date.now() };
  await library.add("collections", made);
  return made;
}

export function renameCollection(library: Library, id: string, name: string): Promise<void> {
  return alter(library, id, (one) => ({ ...one, name }));
}

/** Put pictures at its end; those it has already stay where they are. */
export function putInto(library: Library, id: string, keys: readonly string[]): Promise<void> {
  return alter(library, id, (one) => ({ ...one, pictures: [...new Set([...one.pictures, ...keys])] }));
}

export function takeFrom(library: Library, id: string, keys: readonly string[]): Promise<void> {
  const gone = new Set(keys);
  return alter(library, id, (one) => ({ ...one, pictures: one.pictures.filter((key) => !gone.has(key)) }));
}

/** Remove a collection. Its pictures stay. */
export function dropCollection(library: Library, id: string): Promise<void> {
  return library.delete("collections", id);
}

async function alter(library: Library, id: string, to: (one: Collection) => Collection): Promise<void> {
  const all = library.transaction("collections", "readwrite");
  const one = await all.store.get(id);
  if (one) await all.store.put({ ...to(one), changedAt: Date.now() });
  await all.done;
}
