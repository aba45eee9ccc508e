// What tests of views have in common: the windows and colours in which each is looked at, and what holds of all of them.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { before, describe } from "node:test";
import { nextFrame } from "./browser.js";
import { onPage } from "./pages.js";

const FOLDER = new URL("../../build/screenshots/", import.meta.url);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// By what people set in their system. High contrast is Windows' name for colours that are forced on every page.
const COLOURS = {
  light: [{ name: "prefers-color-scheme", value: "light" }],
  dark: [{ name: "prefers-color-scheme", value: "dark" }],
  contrast: [{ name: "forced-colors", value: "active" }, { name: "prefers-color-scheme", value: "dark" }],
};
const WINDOWS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844, isMobile: true, hasTouch: true } };

/**
 * A test of each view in each window and in these colours: it fits, axe-core finds nothing, and its picture is in build/screenshots.
 * @param {Object<string, (page: import("puppeteer-core").Page) => Promise<void>>} views how to come to each
 * @param options of onPage
 * @param {string[]} colours
 */
export function testViews(all, views, options, colours = ["light", "dark"]) {
  let axe;
  before(async () => {
    axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
    await mkdir(FOLDER, { recursive: true });
  });
  for (const [window, viewport] of Object.entries(WINDOWS)) {
    for (const scheme of colours) {
      describe(`${window}, ${scheme}`, () => {
        for (const [name, arrive] of Object.entries(views)) {
          onPage(all, name, async (page) => {
            await (await page.createCDPSession()).send("Emulation.setEmulatedMedia", { features: COLOURS[scheme] });
            await page.setViewport(viewport);
            await arrive(page);
            await check(page, axe, `${name}-${window}-${scheme}`);
          }, options);
        }
      });
    }
  }
}

async function check(page, axe, name) {
  if (page.isJavaScriptEnabled()) {
    await nextFrame(page);
  } else {
    await runTimersAtOnce(page);
  }
  await page.screenshot({ path: new URL(`${name}.png`, FOLDER).pathname });
  // By the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  const { passes, violations } = await page.evaluate(
    (values) => globalThis.axe.run({ preload: false, runOnly: { type: "tag", values } }), RULES);
  assert.deepEqual(violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ html, failureSummary }) => [html, failureSummary])]), []);
  assert.ok(passes.some(({ id }) => id === "color-contrast"), "axe has looked at nothing");
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(needed <= given, `${needed} px in ${given}`);
}

// Where scripts are off, what the debugger evaluates runs all the same, but no timer ever fires; axe-core puts its work into some.
function runTimersAtOnce(page) {
  return page.evaluate(() => {
    globalThis.setTimeout = (act) => void Promise.resolve().then(act);
  });
}
