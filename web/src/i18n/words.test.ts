import { describe, expect, it } from "vitest";
import { preferredLanguage } from ".";
import adminEn from "./admin.en.json";
import adminJa from "./admin.ja.json";
import editorEn from "./editor.en.json";
import editorJa from "./editor.ja.json";
import appEn from "./en.json";
import appJa from "./ja.json";
import shelfEn from "./shelf.en.json";
import shelfJa from "./shelf.ja.json";

const en = { ...appEn, admin: adminEn, editor: editorEn, shelf: shelfEn };
const ja = { ...appJa, admin: adminJa, editor: editorJa, shelf: shelfJa };

/** Every text by its path. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([name, one]) =>
    leaves(one, path ? `${path}.${name}` : name),
  );
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe("words", () => {
  const english = new Map(leaves(en));
  const japanese = new Map(leaves(ja));

  it("are the same in both languages, down to the lengths of lists", () => {
    expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(150);
  });

  it.each([...english])("keep their placeholders: %s", (path, text) => {
    const same = path.endsWith("_one") || placeholders(japanese.get(path) ?? "");
    if (same !== true) expect(same).toEqual(placeholders(text));
  });

  it("are there in Japanese, not left in English", () => {
    const kept = new Set([
      "admin.report_named",
      "app.name",
      "app.to_other_language",
      "settings.of",
      "settings.storage_used",
    ]);
    const left = [...japanese].filter(
      ([path, text]) => !kept.has(path) && !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text),
    );
    expect(left).toEqual([]);
  });
});

it.each([
  ["ja", ["en-US"], "ja"],
  [null, ["fr-FR", "ja-JP", "en"], "ja"],
  [null, ["de"], "en"],
  ["xx", ["en-GB"], "en"],
] as const)("chooses a language: %s, %s", (chosen, browser, expected) => {
  expect(preferredLanguage(chosen, browser)).toBe(expected);
});
