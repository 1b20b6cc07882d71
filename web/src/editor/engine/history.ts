/** At most so many steps are kept … */
export const MOST_STEPS = 200;
/** … and so many bytes; the newest step is kept whatever it weighs. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** Something that was done, as what undoes it. */
export interface Step {
  /** Bytes held. */
  readonly bytes: number;
  /** Undo it; the step that does it again. */
  swap(): Step;
}

/** Steps taken back and taken again. */
export class History {
  #done: Step[] = [];
  #undone: Step[] = [];

  constructor(
    readonly mostSteps: number = MOST_STEPS,
    readonly mostBytes: number = MOST_BYTES,
  ) {}

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  get steps(): number {
    return this.#done.length;
  }

  /** Bytes held by what can be undone. What can be redone holds no more than undoing took from the document. */
  get bytes(): number {
    return this.#done.reduce((sum, step) => sum + step.bytes, 0);
  }

  /** Add a step that was just taken; what could be redone is gone. */
  push(step: Step): void {
    this.#undone = [];
    this.#done.push(step);
    let bytes = this.bytes;
    let spare = 0;
    while (
      this.#done.length - spare > 1 &&
      (this.#done.length - spare > this.mostSteps || bytes > this.mostBytes)
    ) {
      bytes -= (this.#done[spare] as Step).bytes;
      spare += 1;
    }
    if (spare) this.#done.splice(0, spare);
  }

  /** False when there is nothing to undo. */
  undo(): boolean {
    return this.#move(this.#done, this.#undone);
  }

  /** False when there is nothing to redo. */
  redo(): boolean {
    return this.#move(this.#undone, this.#done);
  }

  #move(from: Step[], to: Step[]): boolean {
    const step = from.pop();
    if (!step) return false;
    to.push(step.swap());
    return true;
  }
}
