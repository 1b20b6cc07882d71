import { describe, expect, it } from "vitest";
import { ariaKeys, commandOf, KEYMAP, PLACES, type Where } from "./keymap";

const press = (key: string, held: { ctrlKey?: true } = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});
const places = (...all: Where[]) => new Set<Where>(all);

describe("keymap", () => {
  it("gives each key one meaning in a place", () => {
    for (const where of PLACES) {
      const chords = KEYMAP.filter((one) => one.where === where).flatMap((one) => one.chords);
      expect(new Set(chords).size, where).toBe(chords.length);
    }
  });

  it("means another thing while choosing", () => {
    expect(commandOf(press("1"), places("anywhere"))).toBe("actual");
    expect(commandOf(press("1"), places("anywhere", "choosing"))).toBe("pick");
    expect(commandOf(press("ArrowLeft"), places("anywhere", "canvas"))).toBe("step");
    expect(commandOf(press("ArrowLeft"), places("anywhere", "canvas", "choosing"))).toBe("previous");
    expect(commandOf(press("Enter"), places("anywhere", "canvas", "placing"))).toBe("set_down");
    expect(commandOf(press("Enter"), places("anywhere", "canvas", "placing", "choosing"))).toBe("accept");
    expect(commandOf(press("x"), places("anywhere"))).toBeNull();
    expect(commandOf(press("e", { ctrlKey: true }), places("anywhere"))).toBeNull();
  });

  it("is told to assistive technology", () => {
    expect(ariaKeys("redo")).toBe("Control+Shift+Z Control+Y");
    expect(ariaKeys("erase")).toBe("E");
    expect(ariaKeys("next")).toBe("ArrowRight");
  });
});
