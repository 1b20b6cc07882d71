/** Drives npm openai 3.3.0, the Node SDK of the 2023 guide: `new OpenAIApi(configuration).createImage(...)`. */
import fs from "node:fs";
import { Configuration, OpenAIApi } from "openai3";
import { run } from "./outcome.mjs";

function upload(file, kind) {
  if (!file) return undefined;
  if (kind === "file") return fs.createReadStream(file);
  const buffer = fs.readFileSync(file);
  if (kind === "buffer") buffer.name = "image.png";
  return buffer;
}

async function perform(call, pictures) {
  const configuration = new Configuration({ apiKey: call.key ?? undefined, basePath: call.base_url });
  const api = new OpenAIApi(configuration);
  if (call.operation === "models") {
    return { models: (await api.listModels()).data.data.map((model) => model.id) };
  }
  if (call.operation === "model") return { models: [(await api.retrieveModel(call.fields.model)).data.id] };
  if (call.operation === "moderate") {
    const { data: judged } = await api.createModeration(call.fields);
    return { model: judged.model, flagged: judged.results.map((result) => result.flagged) };
  }
  const { data } = await send(api, call);
  for (const item of data.data) {
    await pictures.add({ url: item.url, b64: item.b64_json, revised_prompt: item.revised_prompt });
  }
  return { created: data.created, usage: data.usage };
}

function send(api, call) {
  const { prompt, n, size, response_format: format } = call.fields;
  if (call.operation === "generate") return api.createImage(call.fields);
  const image = upload(call.image, call.input);
  if (call.operation === "variation") return api.createImageVariation(image, n, size, format);
  return api.createImageEdit(image, prompt, upload(call.mask, call.input), n, size, format);
}

/** axios rejects with an error whose `response` holds the status and the body. */
function describe(error) {
  return { status: error.response?.status, ...error.response?.data?.error };
}

await run(perform, describe);
