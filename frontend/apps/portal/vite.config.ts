import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where customers see their own tickets. */
export default defineConfig({
  root: here("."),
  base: "/portal/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: here("../../../src/frontdesk/web/static/portal"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  server: { port: 5176, proxy: { "/api": "http://127.0.0.1:8000" } },
});
