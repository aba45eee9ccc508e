#!/usr/bin/env node
// How long the page takes to open on a slow machine: Chromium with its processor slowed down, against one binary or several in
// turn, so that what else the machine does hits all alike.
//
//   node test/bench/page_load.js [--loads 9] [--slower 4] [--warm] BINARY…
//
// Milliseconds from the start of the navigation, medians over the loads: until something is painted, until Run works, until the
// editor is there; and for how long altogether the page could not have answered a key (tasks, less 50 ms each). Every load has a
// profile of its own, and so no cache; with --warm it is the second load of one.

import { parseArgs } from "node:util";
import { startBrowser } from "../browser/browser.js";
import { startServer } from "../browser/server.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { loads: { type: "string", default: "9" }, slower: { type: "string", default: "4" }, warm: { type: "boolean", default: false } },
});
const binaries = positionals.length > 0 ? positionals : ["build/release/playground"];

// In the page, before anything else.
function watch() {
  const seen = (globalThis.seen = { blocked: 0 });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.blocked += duration - 50;
    }
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver(() => {
    const { script, editor } = document.documentElement?.dataset ?? {};
    seen.run ??= script && performance.now();
    seen.editor ??= editor && performance.now();
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-script", "data-editor"] });
}

async function load(browser, url) {
  const context = await browser.createBrowserContext();
  try {
    if (values.warm) {
      const before = await context.newPage();
      await before.goto(url);
      await before.waitForSelector("html[data-editor=ready]");
      await before.waitForNetworkIdle();
      await before.close();
    }
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    await page.emulateCPUThrottling(Number(values.slower));
    await page.evaluateOnNewDocument(watch);
    await page.goto(url);
    await page.waitForSelector("html[data-editor=ready]", { timeout: 60_000 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    return page.evaluate(() => ({
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime, ...globalThis.seen,
    }));
  } finally {
    await context.close();
  }
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

const chromium = await startBrowser();
const servers = [];
try {
  for (const binary of binaries) {
    servers.push(await startServer({}, binary));
    await load(chromium.browser, servers.at(-1).url);
  }
  const loads = servers.map(() => []);
  for (let round = 0; round < Number(values.loads); round++) {
    for (const [index, { url }] of servers.entries()) {
      loads[index].push(await load(chromium.browser, url));
    }
  }
  for (const [index, binary] of binaries.entries()) {
    const of = (what) => loads[index].map((one) => one[what]);
    const words = ["painted", "run", "editor", "blocked"].map((what) => `${what} ${Math.round(median(of(what)))}`);
    const [least, most] = [Math.min(...of("editor")), Math.max(...of("editor"))].map(Math.round);
    console.log(`${binary}: ${words.join(", ")} ms; editor from ${least} to ${most}`);
  }
} finally {
  await chromium.close();
  await Promise.all(servers.map((server) => server.stop()));
}
