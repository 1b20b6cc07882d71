/** Drives LangChain's `DallEAPIWrapper` for JavaScript, which sends `style` and `quality` to every model. */
import { DallEAPIWrapper } from "@langchain/openai";
import { run } from "./outcome.mjs";

async function perform(call, pictures) {
  const { prompt, model = "dall-e-2", response_format: format, ...options } = call.fields;
  const tool = new DallEAPIWrapper({
    ...options,
    model,
    dallEResponseFormat: format,
    apiKey: call.key,
    baseUrl: call.base_url,
  });
  tool.client.maxRetries = 0; // The wrapper has no setting for it.
  const answer = await tool._call(prompt);
  const found = typeof answer === "string" ? [answer] : answer.map((item) => item.image_url.url ?? item.image_url);
  for (const text of found) {
    await pictures.add(format === "b64_json" ? { b64: text } : { url: text });
  }
}

function describe(error) {
  const { status, type, param, code } = error;
  return { status, type, param, code, message: error.error?.message };
}

await run(perform, describe);
