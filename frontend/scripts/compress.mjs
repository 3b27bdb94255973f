// Puts .br and .gz beside every text file of the build, so that the server compresses nothing itself.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const built = fileURLToPath(new URL("../../src/frontdesk/web/static/", import.meta.url));
const TEXT = /\.(html|js|css|svg|json|txt)$/;
/** Below this the headers weigh as much as what is saved. */
const LEAST_BYTES = 512;

const FORMS = {
  ".br": (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  ".gz": (bytes) => gzipSync(bytes, { level: 9 }),
};

let plain = 0;
let brotli = 0;
for (const entry of readdirSync(built, { recursive: true, withFileTypes: true })) {
  const path = `${entry.parentPath}/${entry.name}`;
  if (!entry.isFile() || !TEXT.test(entry.name)) continue;
  const bytes = readFileSync(path);
  if (bytes.length < LEAST_BYTES) continue;
  for (const [ending, compress] of Object.entries(FORMS)) writeFileSync(path + ending, compress(bytes));
  plain += bytes.length;
  brotli += readFileSync(`${path}.br`).length;
}
console.log(`compressed: ${Math.round(plain / 1024)} KB of text -> ${Math.round(brotli / 1024)} KB with brotli`);
