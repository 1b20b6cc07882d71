import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { workerLicenses } from "./scripts/workerLicenses.ts";

/** The server `npm run dev` passes API calls on to. */
const server = process.env.EGAKU_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/egaku/_web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" }, // of what is bundled
  },
  worker: { format: "es", plugins: () => [workerLicenses("licenses-worker.md")] },
  server: {
    proxy: {
      "^/(v1|files|app)/": {
        target: server,
        changeOrigin: true,
        // The server answers pages of its own origin only.
        headers: { origin: server },
      },
    },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
} as Parameters<typeof defineConfig>[0]);
