// Completes package-lock.json with the optional packages of other platforms, which npm leaves out where the package
// source at hand does not offer them; `npm ci` then refuses the lock. Run it after `npm install` changed the lock.
import { readFileSync, writeFileSync } from "node:fs";

const OS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32", "aix"];
const CPU = ["arm64", "arm", "ia32", "x64", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32"];
const ALIAS = { armv7: "arm" };

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));

/** What a platform package's name says of where it can be installed. */
function platform(name) {
  const parts = name.split("/").at(-1).split("-");
  const cpu = parts.map((part) => ALIAS[part] ?? part).filter((part) => CPU.includes(part));
  return { os: parts.filter((part) => OS.includes(part)), cpu };
}

let added = 0;
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const { os, cpu } = platform(name);
    if (key in lock.packages || (os.length === 0 && cpu.length === 0)) continue;
    lock.packages[key] = {
      version,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    };
    added += 1;
  }
}

const [root, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, "en"))]);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} packages of other platforms added`);
