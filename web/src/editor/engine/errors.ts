/** Why the engine refuses: `fault` is the end of a word's key, `editor.fault.<fault>`. */
export type EditorFault =
  /** The file is of no kind the browser can read. */
  | "not_an_image"
  /** It starts as one and does not go on as one. */
  | "broken_image"
  /** More pixels than are decoded; judged by the header. */
  | "too_many_pixels"
  /** The document would be wider or higher than MOST_SIDE. */
  | "document_too_large"
  /** The browser falsifies what scripts read back of pictures. */
  | "noisy_canvas"
  /** The worker that reads and writes pictures could not be started or stopped by itself. */
  | "codec_failed"
  /** Not a workspace file, or a broken one. */
  | "not_a_workspace"
  /** A workspace of a later version of egaku. */
  | "newer_workspace"
  /** Another tab saved this document since it was loaded. */
  | "changed_elsewhere"
  /** The browser's storage is full. */
  | "storage_full";

export class EditorError extends Error {
  constructor(
    readonly fault: EditorFault,
    detail: string = fault,
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = "EditorError";
  }
}
