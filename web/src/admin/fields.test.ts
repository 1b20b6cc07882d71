import { expect, it } from "vitest";
import { changesIn, fieldsOf, modelsOf, userOf } from "./fields";
import type { Key } from "./types";

const KEY: Key = {
  id: "key_1",
  name: "a phone",
  redacted_value: "sk-egaku-...abcd",
  created_at: 1,
  last_used_at: null,
  owner: { user: { name: "ann" } },
  images_per_minute: 7,
  images_per_day: null,
  images_per_month: null,
  max_concurrent: 2,
  models: ["dall-e-2", "gpt-image-1"],
  organization: null,
  user: "ann",
  moderation: "low",
};

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

/** A form as it is shown before anybody types. */
function untouched(key: Key): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(key)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : String(value ?? ""),
    ]),
  );
}

it("says nothing when nothing was changed", () => {
  expect(changesIn(form(untouched(KEY)), KEY)).toEqual({});
});

it("says what was changed, and takes back what was emptied", () => {
  const fields = {
    ...untouched(KEY),
    images_per_day: " 50 ",
    images_per_minute: "",
    models: "",
    moderation: "",
  };
  expect(changesIn(form(fields), KEY)).toEqual({
    images_per_day: 50,
    images_per_minute: null,
    models: null,
    moderation: null,
  });
});

it("says of a new key what was filled in", () => {
  const empty = Object.fromEntries(Object.keys(fieldsOf(KEY)).map((name) => [name, ""]));
  expect(changesIn(form({ ...empty, name: "shop", images_per_month: "9" }), null)).toEqual({
    name: "shop",
    images_per_month: 9,
  });
});

it("leaves alone what a form does not ask", () => {
  const admin: Key = {
    id: "key_2",
    name: "boss",
    redacted_value: "",
    created_at: 1,
    last_used_at: 2,
    owner: { name: "boss" },
  };
  expect(userOf(admin)).toBeNull();
  expect(userOf({ ...admin, owner: { name: "ann" } })).toBe("ann");
  expect(changesIn(form({ name: "chief", user: "" }), admin)).toEqual({ name: "chief" });
});

it.each([
  ["dall-e-2, gpt-image-1", ["dall-e-2", "gpt-image-1"]],
  ["dall-e-2、gpt-image-1，x", ["dall-e-2", "gpt-image-1", "x"]],
  [" , ", null],
  ["", null],
])("reads model names: %s", (text, names) => {
  expect(modelsOf(text)).toEqual(names);
});
