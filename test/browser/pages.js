// What the browser tests have in common: one server and one browser for a file of tests, a page of its own for each.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage, startBrowser } from "./browser.js";
import { startServer } from "./server.js";
import { startStandIn } from "./stand_in.js";

export const WINDOWS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844, isMobile: true, hasTouch: true } };

/**
 * @param {{standIn?: boolean, settings?: Object<string, string>}} [options] `standIn`: POST /python is answered by the test
 * @returns what the file's tests run on, filled before the first of them
 */
export function surroundings({ standIn = false, settings = {} } = {}) {
  const all = {};
  before(async () => {
    all.server = await startServer(settings);
    all.standIn = standIn ? await startStandIn(all.server.url) : null;
    all.url = (all.standIn ?? all.server).url;
    all.chromium = await startBrowser();
  });
  after(async () => {
    await all.chromium?.close();
    await all.standIn?.stop();
    await all.server?.stop();
  });
  return all;
}

/**
 * A test with a page of its own, in a profile of its own, against which the browser must have no complaint.
 * @param {(page: import("puppeteer-core").Page) => Promise<void>} body
 * @param {{path?: string, complaints?: RegExp}} options `complaints`: those that are expected
 */
export function onPage(all, name, body, { path = "", complaints: expected = null, ...options } = {}) {
  test(name, async () => {
    const context = await all.chromium.browser.createBrowserContext();
    try {
      const { page, complaints } = await openPage(context, new URL(path, all.url).href, options);
      await body(page);
      assert.deepEqual(complaints.filter((text) => !expected?.test(text)), []);
    } finally {
      await context.close();
    }
  });
}
