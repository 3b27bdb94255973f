// Packaged assets of the API's /docs and /redoc pages, so that neither needs a CDN.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const target = fileURLToPath(new URL("../../src/frontdesk/web/static/docs/", import.meta.url));

const swagger = dirname(require.resolve("swagger-ui-dist/package.json"));
const redoc = dirname(require.resolve("redoc/package.json"));
const files = [
  [join(swagger, "swagger-ui-bundle.js"), "swagger-ui-bundle.js"],
  [join(swagger, "swagger-ui-bundle.js.LICENSE.txt"), "swagger-ui-bundle.js.LICENSE.txt"],
  [join(swagger, "swagger-ui.css"), "swagger-ui.css"],
  [join(redoc, "bundles/redoc.standalone.js"), "redoc.standalone.js"],
  [join(redoc, "bundles/redoc.standalone.js.LICENSE.txt"), "redoc.standalone.js.LICENSE.txt"],
];

mkdirSync(target, { recursive: true });
for (const [from, name] of files) {
  if (!existsSync(from)) throw new Error(`not packaged: ${from}`);
  if (/\.(js|css)$/.test(name)) {
    // The source maps are not packaged; a reference to one is a 404 in every developer's console.
    // ReDoc's footer would fetch its logo from a CDN.
    const text = readFileSync(from, "utf8")
      .replace(/^(\/\/|\/\*)# sourceMappingURL=.*$/m, "")
      .replaceAll("https://cdn.redoc.ly/redoc/logo-mini.svg", "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E");
    writeFileSync(join(target, name), text);
  } else {
    cpSync(from, join(target, name));
  }
}
console.log(`docs assets -> ${target}`);
