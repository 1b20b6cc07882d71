import type { Job } from "../api/types";

/** Requests as programs: for today's SDKs and those of 2022. */

export type Snippets = readonly { id: string; label: string; code: string }[];
export type Asked = Pick<Job, "operation" | "prompt" | "n" | "size" | "seed"> & {
  /** A mask was sent along. */
  masked?: boolean;
};

const METHOD = {
  python: { generations: "generate", edits: "edit", variations: "create_variation" },
  python028: { generations: "create", edits: "create_edit", variations: "create_variation" },
  node: { generations: "generate", edits: "edit", variations: "createVariation" },
  node3: { generations: "createImage", edits: "createImageEdit", variations: "createImageVariation" },
} as const;

/** A Python string literal. */
export function python(text: string): string {
  // JSON's escapes are Python's, but for lone surrogates: both write \ud800.
  return JSON.stringify(text);
}

/** A POSIX shell word. */
export function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function withPrompt(asked: Asked): asked is Asked & { prompt: string } {
  return asked.operation !== "variations" && asked.prompt !== null;
}

/** The uploads, by the names the dialog gives its files. */
function uploads(asked: Asked): readonly ("image" | "mask")[] {
  if (asked.operation === "generations") return [];
  return asked.masked && asked.operation === "edits" ? ["image", "mask"] : ["image"];
}

function pythonCode(asked: Asked, base: string): string {
  const lines = [
    ...uploads(asked).map((name) => `${name}=open("${name}.png", "rb"),`),
    ...(withPrompt(asked) ? [`prompt=${python(asked.prompt)},`] : []),
    `n=${asked.n},`,
    `size="${asked.size}",`,
    ...(asked.seed === null
      ? []
      : [`extra_body={"seed": ${asked.seed}},  # egaku's own: the same seed, the same picture`]),
  ];
  return `from openai import OpenAI

client = OpenAI(base_url=${python(`${base}/v1`)})  # key: OPENAI_API_KEY
result = client.images.${METHOD.python[asked.operation]}(
    ${lines.join("\n    ")}
)
for image in result.data:
    print(image.url)
`;
}

function python028Code(asked: Asked, base: string): string {
  const lines = [
    ...uploads(asked).map((name) => `${name}=open("${name}.png", "rb"),`),
    ...(withPrompt(asked) ? [`prompt=${python(asked.prompt)},`] : []),
    `n=${asked.n},`,
    `size="${asked.size}",`,
    ...(asked.seed === null ? [] : [`seed=${asked.seed},  # egaku's own: the same seed, the same picture`]),
  ];
  return `import openai

openai.api_base = ${python(`${base}/v1`)}  # key: OPENAI_API_KEY
result = openai.Image.${METHOD.python028[asked.operation]}(
    ${lines.join("\n    ")}
)
for image in result["data"]:
    print(image["url"])
`;
}

function nodeCode(asked: Asked, base: string): string {
  const files = uploads(asked);
  const lines = [
    ...files.map((name) => `${name}: fs.createReadStream("${name}.png"),`),
    ...(withPrompt(asked) ? [`prompt: ${JSON.stringify(asked.prompt)},`] : []),
    `n: ${asked.n},`,
    `size: "${asked.size}",`,
    ...(asked.seed === null ? [] : [`seed: ${asked.seed}, // egaku's own: the same seed, the same picture`]),
  ];
  return `${files.length ? `import fs from "node:fs";\n` : ""}import OpenAI from "openai";

const client = new OpenAI({ baseURL: ${JSON.stringify(`${base}/v1`)} }); // key: OPENAI_API_KEY
const result = await client.images.${METHOD.node[asked.operation]}({
  ${lines.join("\n  ")}
});
for (const image of result.data) console.log(image.url);
`;
}

function node3Code(asked: Asked, base: string): string {
  const size = JSON.stringify(asked.size);
  const mask = uploads(asked).includes("mask") ? `fs.createReadStream("mask.png")` : "undefined";
  const call =
    asked.operation === "generations"
      ? `createImage({
  prompt: ${JSON.stringify(asked.prompt)},
  n: ${asked.n},
  size: ${size},${asked.seed === null ? "" : `\n  seed: ${asked.seed},`}
})`
      : asked.operation === "edits"
        ? `createImageEdit(
  fs.createReadStream("image.png"), ${JSON.stringify(asked.prompt)}, ${mask}, ${asked.n}, ${size},
)`
        : `createImageVariation(fs.createReadStream("image.png"), ${asked.n}, ${size})`;
  return `const fs = require("fs");
const { Configuration, OpenAIApi } = require("openai");

const openai = new OpenAIApi(
  new Configuration({ apiKey: process.env.OPENAI_API_KEY, basePath: ${JSON.stringify(`${base}/v1`)} }),
);
openai.${call}.then((response) => {
  for (const image of response.data.data) console.log(image.url);
});
`;
}

function curlCode(asked: Asked, base: string): string {
  const address = shell(`${base}/v1/images/${asked.operation}`);
  const { prompt, n, size, seed } = asked;
  if (asked.operation === "generations") {
    const body = JSON.stringify({ prompt, n, size, ...(seed === null ? {} : { seed }) });
    return `curl ${address} \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d ${shell(body)}
`;
  }
  const fields = [
    ...uploads(asked).map((name) => `-F ${name}=@${name}.png`),
    ...(withPrompt(asked) ? [`--form-string prompt=${shell(asked.prompt)}`] : []),
    `-F n=${n}`,
    `-F size=${size}`,
    ...(seed === null ? [] : [`-F seed=${seed}`]),
  ];
  return `curl ${address} \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  ${fields.join(" \\\n  ")}
`;
}

/** The request in five tongues. `base` is the server's address, without a slash at its end. */
export function snippets(asked: Asked, base: string): Snippets {
  return [
    { id: "python", label: "Python", code: pythonCode(asked, base) },
    { id: "python028", label: "Python 0.28", code: python028Code(asked, base) },
    { id: "node", label: "Node / TypeScript", code: nodeCode(asked, base) },
    { id: "node3", label: "Node 3.x", code: node3Code(asked, base) },
    { id: "curl", label: "curl", code: curlCode(asked, base) },
  ];
}
