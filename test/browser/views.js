// What tests of views have in common: the windows and colours in which each is looked at, and what holds of all of them.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { before, describe } from "node:test";
import { nextFrame } from "./browser.js";
import { onPage, WINDOWS } from "./pages.js";

const FOLDER = new URL("../../build/screenshots/", import.meta.url);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// By what people set in their system, in the order in which each view gets them. High contrast is Windows' name for colours that
// are forced on every page. It comes last: on a page that was opened in it, of whatever content, this Chromium paints what is behind
// all else black for good, though the page's style says otherwise.
const COLOURS = {
  light: [{ name: "prefers-color-scheme", value: "light" }],
  dark: [{ name: "prefers-color-scheme", value: "dark" }],
  contrast: [{ name: "forced-colors", value: "active" }, { name: "prefers-color-scheme", value: "dark" }],
};

/**
 * A test of each view in each window: it fits, axe-core finds nothing, and its picture is in build/screenshots, in each of these
 * colours. They change while the page is open, as at dusk: to come to a view takes longer than to look at it.
 * @param {Object<string, (page: import("puppeteer-core").Page) => Promise<void>>} views how to come to each
 * @param options of onPage
 * @param {string[]} inContrast the views that are looked at in forced colours, too
 */
export function testViews(all, views, options, inContrast = []) {
  let axe;
  before(async () => {
    axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
    await mkdir(FOLDER, { recursive: true });
  });
  for (const [window, viewport] of Object.entries(WINDOWS)) {
    describe(window, () => {
      for (const [name, arrive] of Object.entries(views)) {
        onPage(all, name, async (page) => {
          const debug = await page.createCDPSession();
          const paint = (colours) => debug.send("Emulation.setEmulatedMedia", { features: COLOURS[colours] });
          const wanted = Object.keys(COLOURS).filter((colours) => colours !== "contrast" || inContrast.includes(name));
          await paint(wanted[0]);
          await page.setViewport(viewport);
          await arrive(page);
          if (!page.isJavaScriptEnabled()) {
            await runTimersAtOnce(page);
          }
          await page.evaluate(axe); // by the debugger, which the page's policy does not bind
          for (const colours of wanted) {
            await paint(colours);
            await colourChanged(page);
            await check(page, `${name}-${window}-${colours}`);
          }
        }, options);
      }
    });
  }
}

// Some colours change by and by.
function colourChanged(page) {
  return page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

async function check(page, name) {
  if (page.isJavaScriptEnabled()) {
    await nextFrame(page);
  }
  await page.screenshot({ path: new URL(`${name}.png`, FOLDER).pathname });
  const { passes, violations } = await page.evaluate(
    (values) => globalThis.axe.run({ preload: false, runOnly: { type: "tag", values } }), RULES);
  const said = ({ id, help, nodes }) => [name, id, help, nodes.map(({ html, failureSummary }) => [html, failureSummary])];
  assert.deepEqual(violations.map(said), []);
  assert.ok(passes.some(({ id }) => id === "color-contrast"), `${name}: axe has looked at nothing`);
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(needed <= given, `${name}: ${needed} px in ${given}`);
}

// Where scripts are off, what the debugger evaluates runs all the same, but no timer ever fires; axe-core puts its work into some.
function runTimersAtOnce(page) {
  return page.evaluate(() => {
    globalThis.setTimeout = (act) => void Promise.resolve().then(act);
  });
}
