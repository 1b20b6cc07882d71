/** Words that the chips of one group put into a prompt and take out again. */

/** True when the prompt has these words as a part of their own. */
export function hasWords(prompt: string, words: string): boolean {
  return parts(prompt).includes(words.toLowerCase());
}

/** The prompt with the words added, in place of another of their group; without them if it had them. */
export function toggleWords(prompt: string, words: string, group: readonly string[]): string {
  const separator =
    prompt.includes("、") || /[\u3040-\u30ff\u4e00-\u9fff]/.test(prompt + words) ? "、" : ", ";
  const had = hasWords(prompt, words);
  const gone = new Set(group.map((one) => one.toLowerCase()));
  const kept = prompt
    .split(/\s*[,、]\s*/)
    .filter((part) => part.trim() !== "" && !gone.has(part.trim().toLowerCase()));
  return [...kept, ...(had ? [] : [words])].join(separator);
}

function parts(prompt: string): string[] {
  return prompt.split(/[,、]/).map((part) => part.trim().toLowerCase());
}
