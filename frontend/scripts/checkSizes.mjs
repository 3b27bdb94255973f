// Fails the build where the widget, which other people's pages load, has grown over its budget. Fonts are not counted:
// browsers fetch only those whose characters are shown.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const built = new URL("../../src/frontdesk/web/static/widget/", import.meta.url);
const assets = readdirSync(new URL("assets/", built)).map((name) => `assets/${name}`);

const BUDGETS = [
  { what: "widget page", limitKb: 40, files: ["index.html", ...assets.filter((name) => /\.(js|css)$/.test(name))] },
  { what: "widget loader", limitKb: 8, files: ["widget.js"] },
];

for (const { what, limitKb, files } of BUDGETS) {
  const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, built))).length, 0);
  const kb = bytes / 1024;
  console.log(`${what}: ${kb.toFixed(1)} of ${limitKb} KB gzipped`);
  if (kb > limitKb) process.exitCode = 1;
}
