import type { TFunction } from "i18next";

const CATEGORIES = [
  "harassment",
  "harassment/threatening",
  "sexual",
  "hate",
  "hate/threatening",
  "illicit",
  "illicit/violent",
  "self-harm/intent",
  "self-harm/instructions",
  "self-harm",
  "sexual/minors",
  "violence",
  "violence/graphic",
] as const;
type Category = (typeof CATEGORIES)[number];

function isCategory(name: string): name is Category {
  return CATEGORIES.includes(name as Category);
}

/** A category of moderation in words; one that is not known by its name on the wire. */
export function categoryName(name: string, t: TFunction): string {
  return isCategory(name) ? t(`admin.category_${name}`) : name;
}
