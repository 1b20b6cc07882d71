/** Drives npm openai 4.x and later (`openai4.mjs openai4` or `openai4.mjs openai`), streaming included. */
import { File } from "node:buffer";
import fs from "node:fs";
import { retries, run } from "./outcome.mjs";

// Node 18, which Debian 12 ships, has no global File yet; the SDK's own error message advises this.
globalThis.File ??= File;
const { default: OpenAI, AzureOpenAI, toFile } = await import(process.argv[2]);
const METHODS = { generate: "generate", edit: "edit", variation: "createVariation" };

async function upload(file, kind) {
  if (kind === "file") return fs.createReadStream(file);
  const bytes = fs.readFileSync(file);
  if (kind === "tofile" || kind === "typed") return await toFile(fs.createReadStream(file), null, { type: "image/png" });
  if (kind === "tofile-buffer") return await toFile(bytes);
  if (kind === "blob") return new File([bytes], "picture.png", { type: "image/png" });
  if (kind === "buffer") bytes.name = "image.png";
  return bytes;
}

function connect(call) {
  const settings = { apiKey: call.key, maxRetries: retries(call) };
  if (call.input !== "azure") return new OpenAI({ ...settings, baseURL: call.base_url });
  const azure = { endpoint: call.root_url, apiVersion: "2024-10-21", deployment: "dall-e-2" };
  return new AzureOpenAI({ ...settings, ...azure });
}

async function perform(call, pictures) {
  const client = connect(call);
  if (call.operation === "models") {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    return { models: ids };
  }
  if (call.operation === "model") return { models: [(await client.models.retrieve(call.fields.model)).id] };
  if (call.operation === "moderate") {
    const judged = await client.moderations.create(call.fields);
    return { model: judged.model, flagged: judged.results.map((result) => result.flagged) };
  }
  const fields = { ...call.fields };
  if (Array.isArray(call.image)) {
    fields.image = await Promise.all(call.image.map((file) => upload(file, call.input)));
  } else if (call.image) {
    fields.image = await upload(call.image, call.input);
  }
  if (call.mask) fields.mask = await upload(call.mask, call.input);
  const answer = await client.images[METHODS[call.operation]](fields);
  if (fields.stream) return await events(answer, pictures);
  for (const item of answer.data) {
    await pictures.add({ url: item.url, b64: item.b64_json, revised_prompt: item.revised_prompt });
  }
  const { created, usage, background, size, quality } = answer;
  return { created, usage, background, size, quality };
}

async function events(stream, pictures) {
  const names = [];
  const indices = [];
  let usage;
  for await (const event of stream) {
    names.push(event.type);
    if (event.partial_image_index !== undefined) indices.push(event.partial_image_index);
    await pictures.add({ b64: event.b64_json });
    usage = event.usage;
  }
  return { events: names, indices, usage };
}

function describe(error) {
  const { status, type, param, code } = error;
  return { status, type, param, code, message: error.error?.message };
}

await run(perform, describe);
