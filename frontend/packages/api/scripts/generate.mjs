// Writes src/generated.ts from openapi.json; with --check, fails where the file is not what would be written.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const document = new URL("../openapi.json", import.meta.url);
const target = new URL("../src/generated.ts", import.meta.url);

const types = astToString(await openapiTS(document));
const text = `/** Generated from openapi.json by \`npm run generate\`: not to be changed by hand. */\n\n${types}`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("packages/api/src/generated.ts is not what openapi.json says: run `npm run generate`.");
  process.exitCode = 1;
}
