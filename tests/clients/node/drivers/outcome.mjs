/**
 * What every Node driver shares: read the calls, make them, print one JSON line of outcome for each.
 * The form of calls and outcomes is described in ../../drivers/outcome.py.
 */
import fs from "node:fs";
import path from "node:path";

/** Keeps the pictures of one answer as files, so that the test can look at their pixels. */
export class Pictures {
  kept = [];

  constructor(directory, id) {
    this.directory = directory;
    this.id = id;
  }

  /** Keep one picture: base64 decoded, or a URL fetched as a browser would, without a key. */
  async add({ url, b64, ...extra }) {
    const form = b64 == null ? "url" : "b64_json";
    this.addBytes(b64 == null ? await fetched(url) : Buffer.from(b64, "base64"), { form, url, ...extra });
  }

  addBytes(bytes, facts) {
    const file = path.join(this.directory, `${this.id}-${this.kept.length}`);
    fs.writeFileSync(file, bytes);
    this.kept.push({ path: file, ...facts });
  }
}

/** How often the client may retry: as often as it does by default where the case is about that. */
export function retries(call) {
  return call.input === "retries" ? 2 : 0;
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`GET ${url} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** Make every call on standard input through `perform(call, pictures)`, which returns what else the answer held. */
export async function run(perform, describe) {
  const order = JSON.parse(fs.readFileSync(0, "utf8"));
  for (const call of order.calls) {
    const pictures = new Pictures(order.out, call.id);
    const started = performance.now();
    let line;
    try {
      const more = await perform(call, pictures);
      line = { id: call.id, pictures: pictures.kept, ...more };
    } catch (error) {
      line = { id: call.id, error: { class: error.constructor.name, text: String(error), ...describe(error) } };
    }
    line.seconds = (performance.now() - started) / 1000;
    process.stdout.write(JSON.stringify(line) + "\n");
  }
}
