import { type Key, type KeyFields, LIMITS, type Policy } from "./types";

const TEXTS = ["organization", "user"] as const;

/** Model names as people write them in a line. */
export function modelsOf(text: string): string[] | null {
  const names = text
    .split(/[,、，\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
  return names.length ? names : null;
}

/** Whose a key is, where that was said. */
export function userOf(key: Key): string | null {
  if (key.user !== undefined) return key.user;
  const name = key.owner.name;
  return name && name !== key.name ? name : null;
}

/** What a key can be told, as it is now. */
export function fieldsOf(key: Key): KeyFields {
  return {
    name: key.name,
    images_per_minute: key.images_per_minute ?? null,
    images_per_day: key.images_per_day ?? null,
    images_per_month: key.images_per_month ?? null,
    max_concurrent: key.max_concurrent ?? null,
    models: key.models ?? null,
    organization: key.organization ?? null,
    user: userOf(key),
    moderation: key.moderation ?? null,
  };
}

const NOTHING: KeyFields = {
  name: "",
  images_per_minute: null,
  images_per_day: null,
  images_per_month: null,
  max_concurrent: null,
  models: null,
  organization: null,
  user: null,
  moderation: null,
};

/** What a form says that differs from `before`; a form of an admin key lacks most fields. */
export function changesIn(form: FormData, before: Key | null): Partial<KeyFields> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const said: Partial<KeyFields> = { name: text("name") };
  for (const name of TEXTS) if (form.has(name)) said[name] = text(name) || null;
  for (const name of LIMITS) if (form.has(name)) said[name] = text(name) ? Number(text(name)) : null;
  if (form.has("models")) said.models = modelsOf(text("models"));
  if (form.has("moderation")) said.moderation = (text("moderation") || null) as Policy | null;
  const was = before ? fieldsOf(before) : NOTHING;
  const changed = Object.entries(said).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name as keyof KeyFields]),
  );
  return Object.fromEntries(changed) as Partial<KeyFields>;
}
