import { expect, it } from "vitest";
import { parsePreferences } from "./preferences";

it("takes what was stored", () => {
  const stored = { theme: "dark", n: 2, size: "256x256", previews: false, prompts: false, shortcuts: false };
  expect(parsePreferences(JSON.stringify(stored))).toEqual(stored);
});

it.each(["", "null", "[]", "{", '"x"', '{"theme":"pink","n":11,"size":"1x1","previews":1}', '{"n":1.5}'])(
  "falls back for %s",
  (stored) => {
    expect(parsePreferences(stored)).toEqual({
      theme: "auto",
      n: 4,
      size: "1024x1024",
      previews: true,
      prompts: true,
      shortcuts: true,
    });
  },
);
