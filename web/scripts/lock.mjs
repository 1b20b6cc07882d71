/**
 * Completes package-lock.json after `npm install`: `npm run lock`.
 *
 * npm writes down only those optional packages that its registry has; a mirror may lack other platforms' and
 * `npm ci` then refuses the file everywhere. Their names say what they are for, so they are added here.
 */
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../package-lock.json", import.meta.url);
const SYSTEMS = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "aix",
  "win32",
];
const lock = JSON.parse(readFileSync(FILE, "utf8"));

for (const [path, one] of Object.entries(lock.packages)) {
  delete one.resolved; // no registry's address
  for (const [name, version] of Object.entries(one.optionalDependencies ?? {})) {
    const there = `node_modules/${name}`;
    if (lock.packages[there] || lock.packages[`${path}/${there}`]) continue;
    const words = name.split(/[/-]/);
    const system = words.find((word) => SYSTEMS.includes(word));
    lock.packages[there] = {
      version,
      ...(words.includes("musl") ? { libc: ["musl"] } : words.includes("gnu") ? { libc: ["glibc"] } : {}),
      ...(one.dev ? { dev: true } : {}),
      optional: true,
      ...(system ? { os: [system], cpu: [words[words.indexOf(system) + 1]] } : {}),
    };
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)),
);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
