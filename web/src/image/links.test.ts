import { expect, it } from "vitest";
import { isExpired } from "./links";

const LINK =
  "http://localhost:8000/files/a.png?st=2026-11-22T22%3A31%3A36Z&se=2026-11-23T00%3A31%3A36Z&sig=x";

it("knows a link's end", () => {
  expect(isExpired(LINK, Date.parse("2026-11-23T00:31:35Z"))).toBe(false);
  expect(isExpired(LINK, Date.parse("2026-11-23T00:31:37Z"))).toBe(true);
  expect(isExpired("/files/a.png", 0)).toBe(false);
});
