import type { Library } from "./database";

/** Bytes that what is kept takes. */
export interface Measured {
  pictures: number;
  inputs: number;
}

export async function measure(library: Library): Promise<Measured> {
  const measured = { pictures: 0, inputs: 0 };
  for await (const { value } of library.transaction("pictures").store) measured.pictures += value.blob.size;
  for await (const { value } of library.transaction("inputs").store) {
    measured.inputs += value.image.size + (value.mask?.size ?? 0);
  }
  return measured;
}
