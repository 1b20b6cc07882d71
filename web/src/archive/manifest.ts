import * as v from "valibot";

/** What `egaku.json` says in an archive of everything. Records keep what this version does not know. */

export const FORMAT = "egaku-library";
export const VERSION = 1;
export const MANIFEST = "egaku.json";

const identifier = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/));
const key = v.pipe(v.string(), v.regex(/^[\w-]{1,100}\/\d{1,3}$/));
const file = v.pipe(v.string(), v.regex(/^(pictures|inputs|drafts)\/[\w.-]{1,200}$/));
const time = v.pipe(v.number(), v.minValue(0));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

const job = v.looseObject({
  id: identifier,
  status: v.picklist(["succeeded", "failed", "cancelled"]),
  operation: v.picklist(["generations", "edits", "variations"]),
  model: v.nullable(text(200)),
  prompt: v.nullable(text(100_000)),
  n: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  size: text(20),
  seed: v.nullable(v.number()),
  output_format: v.picklist(["png", "jpeg", "webp"]),
  created_at: time,
  started_at: v.nullable(time),
  finished_at: v.nullable(time),
  expires_at: v.nullable(time),
  data: v.array(
    v.looseObject({
      index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99)),
      url: text(4000),
      revised_prompt: v.nullable(text(100_000)),
    }),
  ),
  error: v.nullable(v.looseObject({ message: text(10_000), code: v.nullable(text(200)) })),
});

/** A draft of the editor: a workspace file (editor/engine/workspace.ts), and what is known of it besides. */
const draft = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  /** Milliseconds since 1970. */
  createdAt: time,
  updatedAt: time,
  from: v.nullable(key),
  file,
  thumbnail: v.nullable(file),
  /** What it takes unpacked. */
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type DraftRecord = v.InferOutput<typeof draft>;

export const manifest = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  jobs: v.array(job),
  pictures: v.array(v.object({ key, file, type: text(100), favourite: v.picklist([0, 1]), keptAt: time })),
  inputs: v.array(
    v.object({
      jobId: identifier,
      from: v.nullable(key),
      image: file,
      mask: v.nullable(file),
      keptAt: time,
    }),
  ),
  collections: v.array(
    v.object({
      id: identifier,
      name: v.pipe(text(400), v.minLength(1)),
      pictures: v.array(key),
      changedAt: time,
    }),
  ),
  prompts: v.array(v.object({ text: text(100_000), usedAt: time })),
  /** Archives of before drafts were in them have none. */
  drafts: v.optional(v.array(draft), []),
});
export type Manifest = v.InferOutput<typeof manifest>;

/** Enough to tell an archive of ours, of whatever version. */
export const anyManifest = v.object({ format: v.literal(FORMAT), version: v.number() });
