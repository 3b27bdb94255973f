import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One classic script with a name that never changes: hosts paste its address once. */
export default defineConfig({
  root: here("."),
  build: {
    outDir: here("../../../src/frontdesk/web/static/widget"),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2019",
    lib: { entry: here("loader/main.ts"), formats: ["iife"], name: "FrontdeskLoader", fileName: () => "widget.js" },
  },
});
