import { expect, it } from "vitest";
import { fileName } from "./save";

it.each([
  ["A red fox, in the snow!", 1, "png", "a-red-fox-in-the-snow-1.png"],
  ["雪の森のキツネ、水彩画", 2, "jpeg", "雪の森のキツネ-水彩画-2.jpg"],
  ["../../etc/passwd", 1, "webp", "etc-passwd-1.webp"],
  [null, 3, "png", "picture-3.png"],
  ["🦊🦊", 1, "png", "picture-1.png"],
] as const)("names %s", (prompt, number, format, name) => {
  expect(fileName(prompt, number, format)).toBe(name);
});

it("keeps names short", () => {
  expect(fileName("fox ".repeat(100), 1, "png").length).toBeLessThan(70);
});
