import "fake-indexeddb/auto";
import { expect, it, vi } from "vitest";
import { openLibrary } from "./database";
import { clearPrompts, listPrompts, MOST_PROMPTS, rememberPrompt } from "./prompts";

it("remembers the newest, each once, the one used last first", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const library = await openLibrary("prompts");
  for (let at = 0; at <= MOST_PROMPTS; at += 1) {
    vi.setSystemTime(at + 1);
    await rememberPrompt(library, `prompt ${at}`);
  }
  vi.setSystemTime(10_000);
  await rememberPrompt(library, "prompt 7");
  const prompts = await listPrompts(library);
  expect(prompts).toHaveLength(MOST_PROMPTS);
  expect(prompts.slice(0, 2)).toEqual(["prompt 7", `prompt ${MOST_PROMPTS}`]);
  expect(prompts).not.toContain("prompt 0");
  await clearPrompts(library);
  expect(await listPrompts(library)).toEqual([]);
  library.close();
  vi.useRealTimers();
});
