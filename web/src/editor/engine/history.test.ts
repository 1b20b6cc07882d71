import { describe, expect, it } from "vitest";
import { History, type Step } from "./history";

/** A document of one number. */
function counter() {
  const document = { value: 0 };
  const step = (value: number, bytes: number): Step => ({
    bytes,
    swap: () => {
      const before = document.value;
      document.value = value;
      return step(before, bytes);
    },
  });
  return {
    document,
    set(history: History, value: number, bytes = 1) {
      history.push(step(document.value, bytes));
      document.value = value;
    },
  };
}

describe("history", () => {
  it("goes back and forth, and forgets what was undone when something new is done", () => {
    const { document, set } = counter();
    const history = new History();
    expect([history.undo(), history.redo()]).toEqual([false, false]);
    for (const value of [1, 2, 3]) set(history, value);
    expect([history.undo(), history.undo(), document.value]).toEqual([true, true, 1]);
    expect([history.redo(), document.value, history.canRedo]).toEqual([true, 2, true]);
    set(history, 9);
    expect([history.canRedo, history.redo(), document.value]).toEqual([false, false, 9]);
    while (history.undo());
    expect(document.value).toBe(0);
  });

  it("keeps the newest 200 steps", () => {
    const { document, set } = counter();
    const history = new History();
    for (let value = 1; value <= 250; value += 1) set(history, value);
    expect(history.steps).toBe(200);
    while (history.undo());
    expect(document.value).toBe(50);
  });

  it("keeps as many steps as there is memory for, and always the newest", () => {
    const { document, set } = counter();
    const history = new History(200, 10);
    for (let value = 1; value <= 9; value += 1) set(history, value, 4);
    expect([history.steps, history.bytes]).toEqual([2, 8]);
    set(history, 99, 50);
    expect([history.steps, history.bytes]).toEqual([1, 50]);
    history.undo();
    expect([document.value, history.canUndo]).toEqual([9, false]);
  });
});
