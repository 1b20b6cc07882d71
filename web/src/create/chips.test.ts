import { describe, expect, it } from "vitest";
import { hasWords, toggleWords } from "./chips";

const STYLES = ["watercolor", "oil painting", "pencil"];

describe("chips", () => {
  it("adds, swaps within the group, and takes out", () => {
    const one = toggleWords("a fox", "watercolor", STYLES);
    expect(one).toBe("a fox, watercolor");
    const other = toggleWords(one, "pencil", STYLES);
    expect(other).toBe("a fox, pencil");
    expect(toggleWords(other, "pencil", STYLES)).toBe("a fox");
  });

  it("leaves words inside other words alone", () => {
    expect(hasWords("a pencil sharpener", "pencil")).toBe(false);
    expect(toggleWords("a pencil sharpener, Pencil", "watercolor", STYLES)).toBe(
      "a pencil sharpener, watercolor",
    );
  });

  it("joins as Japanese does", () => {
    expect(toggleWords("キツネ", "水彩画", ["水彩画", "油絵"])).toBe("キツネ、水彩画");
    expect(toggleWords("キツネ、水彩画", "油絵", ["水彩画", "油絵"])).toBe("キツネ、油絵");
  });

  it("works from nothing", () => {
    expect(toggleWords("", "watercolor", STYLES)).toBe("watercolor");
    expect(toggleWords("watercolor", "watercolor", STYLES)).toBe("");
  });
});
