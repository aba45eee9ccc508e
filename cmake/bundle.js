#!/usr/bin/env node
// Makes the page of static/: modules bundled and shortened by esbuild, names that change with the content, and each file
// compressed by brotli too where that is shorter.
//
//   node cmake/bundle.js FOLDER
//
// FOLDER is emptied first. Its manifest.json names every file, and whether its name changes with its content; embed.py reads it.

import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const STATIC = path.join(ROOT, "static");

// Browsers of the last three years. Regular expressions stay as they are written.
const TARGET = ["es2022", "chrome111", "firefox113", "safari16.4"];
const COMMON = { bundle: true, minify: true, metafile: true, target: TARGET, logLevel: "warning", legalComments: "none" };

const folder = path.resolve(process.argv[2]);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const page = await build({
  ...COMMON,
  entryPoints: { app: path.join(STATIC, "src/app.js"), style: path.join(STATIC, "css/style.css") },
  outdir: folder,
  format: "esm",
  splitting: true,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  loader: { ".py": "text" },
  // CodeMirror makes one when it is loaded, for commands that are not ours; that reads the browser's dictionary, and took a tenth
  // of the time until the editor was there.
  define: { "Intl.Segmenter": "undefined" },
});
// Other sites name it: one file by a name that stays.
const embed = await build({
  ...COMMON, entryPoints: [path.join(STATIC, "src/embed/embed.js")], outdir: folder, format: "iife",
});

const files = [];
for (const name of Object.keys({ ...page.metafile.outputs }).map((output) => path.basename(output))) {
  files.push({ name, hashed: true });
}
files.push({ name: "embed.js", hashed: false });
files.push(await copyIcon());
await writeFile(path.join(folder, "licences.txt"), await licences({ ...page.metafile.inputs, ...embed.metafile.inputs }));
files.push({ name: "licences.txt", hashed: false });
await writeFile(path.join(folder, "index.html"), await markup());
files.push({ name: "index.html", hashed: false });
for (const { name } of files) {
  await compress(name);
}
// Written last: whoever finds it, finds all of them.
await writeFile(path.join(folder, "manifest.json"), JSON.stringify(files, null, 1));

async function copyIcon() {
  const content = await readFile(path.join(STATIC, "favicon.svg"));
  const name = `favicon-${createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  await cp(path.join(STATIC, "favicon.svg"), path.join(folder, name));
  return { name, hashed: true };
}

/** The page's markup with the names that its files have now: "/static/app.js" becomes "/static/app-ABCDEFGH.js". */
async function markup() {
  const text = await readFile(path.join(STATIC, "index.html"), "utf8");
  return text.replace(/"\/static\/([a-z]+)\.([a-z]+)"/g, (whole, stem, ending) => {
    const made = files.find(({ name }) => name.startsWith(`${stem}-`) && name.endsWith(`.${ending}`))
      ?? files.find(({ name }) => name === `${stem}.${ending}`);
    if (!made) {
      throw new Error(`static/index.html names ${whole}, which nothing makes`);
    }
    return `"/static/${made.name}"`;
  });
}

/** The licences of the packages whose code is in the bundle, which have to go with it. */
async function licences(inputs) {
  const packages = new Set();
  for (const input of Object.keys(inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) {
      packages.add(found[1]);
    }
  }
  const parts = [];
  for (const name of [...packages].sort()) {
    const home = path.join(ROOT, "node_modules", name);
    const file = (await readdir(home)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) {
      throw new Error(`${name} comes without a licence`);
    }
    parts.push(`${name}\n\n${(await readFile(path.join(home, file), "utf8")).trim()}\n`);
  }
  return `The page contains, besides our own, the code of these packages.\n\n${parts.join(`\n${"-".repeat(72)}\n\n`)}`;
}

async function compress(name) {
  const content = await readFile(path.join(folder, name));
  const packed = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  if (packed.length < content.length) {
    await writeFile(path.join(folder, `${name}.br`), packed);
  }
}
