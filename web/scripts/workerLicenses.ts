import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Licences of what a worker bundles, which Vite's `build.license` leaves out: a file of their own. */
export function workerLicenses(fileName: string): Plugin {
  return {
    name: "worker-licenses",
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const one of Object.values(bundle)) {
        const ids = one.type === "chunk" ? one.moduleIds : [];
        for (const id of ids) folders.add(PACKAGE.exec(id)?.[0] ?? "");
      }
      folders.delete("");
      if (folders.size)
        this.emitFile({ type: "asset", fileName, source: [...folders].sort().map(licence).join("\n") });
    },
  };
}

function licence(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence file`);
  return `## ${name} - ${version} (${license})\n\n${readFileSync(folder + file, "utf8")}`;
}
