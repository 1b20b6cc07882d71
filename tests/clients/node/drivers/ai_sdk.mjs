/** Drives the AI SDK's `generateImage` with its OpenAI provider or the OpenAI-compatible one (first argument). */
import fs from "node:fs";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage } from "ai";
import { run } from "./outcome.mjs";

function provider(call) {
  const settings = { baseURL: call.base_url, apiKey: call.key };
  if (process.argv[2] === "openai") return createOpenAI(settings);
  return createOpenAICompatible({ ...settings, name: "egaku" });
}

/** The OpenAI provider takes its options in camel case and writes them on the wire in snake case. */
function camelCased(options) {
  const entries = Object.entries(options).filter(([name]) => name !== "response_format");
  return Object.fromEntries(
    entries.map(([name, value]) => [name.replace(/_[a-z]/g, (match) => match[1].toUpperCase()), value]),
  );
}

async function perform(call, pictures) {
  const { model = "dall-e-2", prompt, n, size, ...options } = call.fields;
  const images = [call.image ?? []].flat().map((file) => fs.readFileSync(file));
  const mask = call.mask ? fs.readFileSync(call.mask) : undefined;
  const answer = await generateImage({
    model: provider(call).imageModel(model),
    prompt: images.length ? { text: prompt, images, mask } : prompt,
    n,
    size,
    maxRetries: 0,
    providerOptions: { openai: camelCased(options), egaku: options },
  });
  const details = answer.providerMetadata?.openai?.images ?? [];
  answer.images.forEach((image, at) => {
    // The SDK hands over bytes only, whatever form they came in; `null` says the form cannot be seen.
    pictures.addBytes(image.uint8Array, { form: null, revised_prompt: details[at]?.revisedPrompt });
  });
  return { usage: answer.usage?.totalTokens ? answer.usage : undefined };
}

function describe(error) {
  const body = JSON.parse(error.responseBody ?? "{}");
  return { status: error.statusCode, ...body.error, message: error.message };
}

await run(perform, describe);
