import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "happy-dom",
    include: ["packages/**/*.test.{ts,tsx}", "apps/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // A page that is loaded on a busy machine takes a while.
    testTimeout: 20_000,
    maxWorkers: 1,
  },
});
