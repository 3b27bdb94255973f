import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The invented shop that hosts the widget in the demo. */
export default defineConfig({
  root: here("."),
  base: "/shop/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: here("../../../src/frontdesk/web/static/shop"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  server: { port: 5175, proxy: { "/api": "http://127.0.0.1:8000", "/widget": "http://127.0.0.1:8000" } },
});
