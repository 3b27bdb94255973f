import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SHARED = {
  environment: "happy-dom",
  restoreMocks: true,
  // A page that is loaded on a busy machine takes a while.
  testTimeout: 20_000,
};

/** The portal's components are Preact's, the console's and the shared ones React's. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: [
      {
        plugins: [react()],
        test: {
          ...SHARED,
          name: "pages",
          include: ["packages/**/*.test.{ts,tsx}", "apps/**/*.test.{ts,tsx}"],
          exclude: ["apps/portal/**", "**/node_modules/**"],
        },
      },
      {
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: { ...SHARED, name: "portal", include: ["apps/portal/**/*.test.{ts,tsx}"] },
      },
    ],
  },
});
