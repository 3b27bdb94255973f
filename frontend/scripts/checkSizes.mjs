// Fails the build where a page has grown over its budget. Fonts are not counted: they are compressed as they are, and
// browsers fetch only those whose characters are shown.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const built = new URL("../../src/frontdesk/web/static/", import.meta.url);
const read = (name) => readFileSync(new URL(name, built), "utf8");

/** A page with every script and style of its folder. */
function whole(face) {
  const assets = readdirSync(new URL(`${face}/assets/`, built)).filter((name) => /\.(js|css)$/.test(name));
  return [`${face}/index.html`, ...assets.map((name) => `${face}/assets/${name}`)];
}

/** A page with what its HTML names: all that stands between the address and the first screen. */
function firstLoad(face) {
  const page = `${face}/index.html`;
  const named = [...read(page).matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name);
  return [page, ...named];
}

/** The words come in the one language that is read. */
function largestLanguage(face) {
  const assets = readdirSync(new URL(`${face}/assets/`, built)).filter((name) => /^(ru|kk|en)-[\w-]+\.js$/.test(name));
  return assets.map((name) => `${face}/assets/${name}`).sort((a, b) => read(b).length - read(a).length).slice(0, 1);
}

const BUDGETS = [
  { what: "console, first load", limitKb: 250, files: [...firstLoad("console"), ...largestLanguage("console")] },
  { what: "portal page", limitKb: 40, files: whole("portal") },
  { what: "widget page", limitKb: 40, files: whole("widget") },
  { what: "widget loader", limitKb: 8, files: ["widget/widget.js"] },
];

for (const { what, limitKb, files } of BUDGETS) {
  const bytes = files.reduce((sum, name) => sum + gzipSync(read(name)).length, 0);
  const kb = bytes / 1024;
  console.log(`${what}: ${kb.toFixed(1)} of ${limitKb} KB gzipped`);
  if (kb > limitKb) process.exitCode = 1;
}
