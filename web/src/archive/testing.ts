import {
  BlobReader,
  BlobWriter,
  type FileEntry,
  ZipReader,
  ZipWriter,
} from "@zip.js/zip.js/lib/zip-core-custom.js";

/** The files of an archive by name; for tests. */
export async function unzip(archive: Blob): Promise<ReadonlyMap<string, Blob>> {
  const entries = await new ZipReader(new BlobReader(archive), { checkSignature: true }).getEntries();
  const files = entries.filter((one): one is FileEntry => !one.directory);
  return new Map(
    await Promise.all(files.map(async (one) => [one.filename, await one.getData(new BlobWriter())] as const)),
  );
}

/** An archive of these files; for tests. */
export async function zip(files: ReadonlyMap<string, Blob>, level = 0): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter("application/zip"), { level });
  for (const [name, blob] of files) await writer.add(name, new BlobReader(blob));
  return writer.close();
}
