import {
  BlobReader,
  BlobWriter,
  configure,
  TextReader,
  ZipWriter,
} from "@zip.js/zip.js/lib/zip-core-custom.js";

// Its workers are made from blobs, which the page's policy forbids; pictures are not compressed again anyway.
configure({ useWebWorkers: false });

/** A ZIP under construction. What is added is stored as it is, read when its turn comes, and not held in memory. */
export class Packer {
  readonly #zip = new ZipWriter(new BlobWriter("application/zip"), { level: 0, extendedTimestamp: false });
  readonly #names = new Set<string>();

  /** Add a file, under another name where this one is taken; the name it has. */
  async add(name: string, content: Blob | string): Promise<string> {
    const free = unused(name, this.#names);
    await this.#zip.add(
      free,
      typeof content === "string" ? new TextReader(content) : new BlobReader(content),
    );
    return free;
  }

  finish(): Promise<Blob> {
    return this.#zip.close();
  }
}

/** `a-fox-1.png`, or `a-fox-1-2.png` where that is taken. */
function unused(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf(".");
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
  taken.add(free);
  return free;
}
