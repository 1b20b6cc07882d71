import { BlobReader, configure, type FileEntry, ZipReader } from "@zip.js/zip.js/lib/zip-core-custom.js";
import * as v from "valibot";
import { MOST_WORKSPACE_BYTES } from "../editor/engine/workspace";
import { placeOf } from "../library/database";
import { anyManifest, MANIFEST, type Manifest, manifest, VERSION } from "./manifest";

configure({ useWebWorkers: false }); // see zip.ts

const MOST_ENTRIES = 100_000;
const MOST_BYTES = 64 * 1024 ** 2;
const MOST_RECORDS = 256 * 1024 ** 2;

/** Why an archive is not taken in. */
export type Reason = "foreign" | "broken" | "newer" | "too_large";

export class ArchiveFault extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

/** An archive of everything, opened: its records are checked, its files are read one by one. */
export class Unpacker {
  private constructor(
    readonly records: Manifest,
    private readonly entries: ReadonlyMap<string, FileEntry>,
  ) {}

  /** Open a file. Throws ArchiveFault; `room` is what its files may take, in bytes. */
  static async open(file: Blob, room: number): Promise<Unpacker> {
    const entries = await directory(file);
    const described = entries.get(MANIFEST);
    if (!described) throw new ArchiveFault("foreign");
    const records = await readRecords(described);
    const images = [
      ...records.pictures.map((one) => one.file),
      ...records.inputs.flatMap((one) => [one.image, one.mask]),
      ...records.drafts.map((one) => one.thumbnail),
    ];
    const jobs = new Set(records.jobs.map((job) => job.id));
    if (records.pictures.some(({ key }) => !jobs.has(placeOf(key).jobId))) throw new ArchiveFault("broken");
    const sizeOf = (name: string, most: number) => {
      const entry = entries.get(name);
      if (!entry) throw new ArchiveFault("broken");
      if (entry.uncompressedSize > most) throw new ArchiveFault("too_large");
      return entry.uncompressedSize;
    };
    let bytes = 0;
    for (const name of images) if (name) bytes += sizeOf(name, MOST_BYTES);
    for (const one of records.drafts) bytes += Math.max(one.bytes, sizeOf(one.file, MOST_WORKSPACE_BYTES));
    if (bytes > room) throw new ArchiveFault("too_large");
    return new Unpacker(records, entries);
  }

  /** One of its files, whatever is in it. */
  async file(name: string): Promise<Blob> {
    const entry = this.entries.get(name);
    if (!entry) throw new ArchiveFault("broken");
    return read(entry);
  }

  /** One of its files, which has to be an image that browsers show. */
  async image(name: string): Promise<Blob> {
    const blob = await this.file(name);
    const type = imageType(new Uint8Array(await blob.slice(0, 12).arrayBuffer()));
    if (!type) throw new ArchiveFault("broken");
    return blob.slice(0, blob.size, type);
  }
}

async function directory(file: Blob): Promise<ReadonlyMap<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  try {
    // Overlapping entries are how small archives pretend to be large ones.
    const zip = new ZipReader(new BlobReader(file), { checkOverlappingEntry: true, checkSignature: true });
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.size >= MOST_ENTRIES) throw new ArchiveFault("too_large");
      if (!entry.directory) entries.set(entry.filename, entry);
    }
  } catch (error) {
    if (error instanceof ArchiveFault) throw error;
    throw new ArchiveFault((await beginsAsZip(file)) ? "broken" : "foreign");
  }
  return entries;
}

/** What a ZIP holds is listed at its end: one that is cut off still begins as one. */
async function beginsAsZip(file: Blob): Promise<boolean> {
  return (await file.slice(0, 4).text()) === "PK\x03\x04";
}

async function readRecords(entry: FileEntry): Promise<Manifest> {
  if (entry.uncompressedSize > MOST_RECORDS) throw new ArchiveFault("too_large");
  let told: unknown;
  try {
    told = JSON.parse(await (await read(entry)).text());
  } catch {
    throw new ArchiveFault("broken");
  }
  const any = v.safeParse(anyManifest, told);
  if (!any.success) throw new ArchiveFault("foreign");
  if (any.output.version > VERSION) throw new ArchiveFault("newer");
  const parsed = v.safeParse(manifest, told);
  if (!parsed.success) throw new ArchiveFault("broken");
  return parsed.output;
}

/** A file's content: no more than it says of itself, whatever it holds. */
async function read(entry: FileEntry): Promise<Blob> {
  let left = entry.uncompressedSize;
  const limit = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left < 0) throw new ArchiveFault("broken");
      controller.enqueue(new Uint8Array(chunk));
    },
  });
  try {
    const [blob] = await Promise.all([
      new Response(limit.readable).blob(),
      entry.getData(limit.writable as WritableStream),
    ]);
    return blob;
  } catch {
    throw new ArchiveFault("broken");
  }
}

/** The type an image file's first bytes tell; null for what is none. */
function imageType(head: Uint8Array): string | null {
  const latin = String.fromCharCode(...head);
  if (latin.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (latin.startsWith("\xff\xd8\xff")) return "image/jpeg";
  return latin.startsWith("RIFF") && latin.slice(8) === "WEBP" ? "image/webp" : null;
}
