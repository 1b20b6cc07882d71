import { useQuery } from "@tanstack/react-query";
import { type Library, openLibrary } from "./database";

/** Begins the key of every query of the browser's own store, so that one word reads them all anew. */
export const LIBRARY = ["library"] as const;

let opened: Promise<Library> | undefined;

/** The store, opened once, and again after it had to give way. */
export function library(): Promise<Library> {
  opened ??= openLibrary(undefined, () => {
    opened = undefined;
  });
  return opened;
}

/** Something in the store, read again whenever the store changes; undefined until it is read. */
export function useStored<T>(
  name: string,
  of: string | null,
  read: (library: Library) => Promise<T>,
): T | undefined {
  const { data } = useQuery({
    queryKey: [...LIBRARY, name, of],
    queryFn: async () => read(await library()),
    networkMode: "always",
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
