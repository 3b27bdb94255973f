// Generates src/generated.ts from the backend's OpenAPI document, where one lies beside the frontend.
import { existsSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const document = here("../../../../openapi.json");

if (!existsSync(document)) {
  console.error("openapi.json is not there; export it from the backend into the project's root first.");
  process.exit(1);
}
execFileSync("npx", ["openapi-typescript", document, "-o", here("../src/generated.ts")], { stdio: "inherit" });
