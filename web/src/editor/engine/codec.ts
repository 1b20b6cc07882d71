import type { Decoded } from "./decoding";
import { EditorError, type EditorFault } from "./errors";
import type { Pixels } from "./geometry";

export type { Decoded } from "./decoding";

/** What the worker is asked. */
export type Question = { id: number } & ({ file: Blob } | { pixels: Pixels });
export type Answer = { id: number } & ({ result: Decoded | Blob } | { fault: EditorFault; detail: string });

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: EditorError) => void;
}

/** PNG files ↔ pixels, off the main thread. One per page; close it with the page. */
export class Codec {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #last = 0;

  /**
   * Any image the browser reads, upright, in sRGB. Throws EditorError not_an_image, broken_image, too_many_pixels,
   * noisy_canvas or codec_failed.
   */
  decode(file: Blob): Promise<Decoded> {
    return this.#ask<Decoded>({ file });
  }

  /** RGBA PNG, 8 bits, straight alpha. The pixels stay the caller's. */
  encode(pixels: Pixels): Promise<Blob> {
    return this.#ask<Blob>({ pixels });
  }

  /** Whatever is under way fails with codec_failed. */
  close(): void {
    this.#fail("closed");
  }

  #ask<Result>(question: { file: Blob } | { pixels: Pixels }): Promise<Result> {
    this.#last += 1;
    const id = this.#last;
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#started().postMessage({ id, ...question });
    });
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./codec.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#answered(data);
    // It could not be fetched, or ran out of memory: the next question starts another.
    worker.onerror = (event) => this.#fail(event.message || "stopped");
    this.#worker = worker;
    return worker;
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("result" in answer) waiting?.resolve(answer.result as never);
    else waiting?.reject(new EditorError(answer.fault, answer.detail));
  }

  #fail(detail: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new EditorError("codec_failed", detail));
    this.#waiting.clear();
  }
}
