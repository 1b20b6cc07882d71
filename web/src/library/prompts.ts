import type { Library } from "./database";

export const MOST_PROMPTS = 500;

/** Remember a prompt that was sent; the oldest make room. */
export async function rememberPrompt(library: Library, text: string): Promise<void> {
  const all = library.transaction("prompts", "readwrite");
  await all.store.put({ text, usedAt: Date.now() });
  const over = (await all.store.count()) - MOST_PROMPTS;
  const oldest = over > 0 ? await all.store.index("usedAt").getAllKeys(null, over) : [];
  for (const key of oldest) await all.store.delete(key);
  await all.done;
}

/** Prompts, the one used last first. */
export async function listPrompts(library: Library): Promise<readonly string[]> {
  return (await library.getAllKeysFromIndex("prompts", "usedAt")).reverse();
}

export function clearPrompts(library: Library): Promise<void> {
  return library.clear("prompts");
}
