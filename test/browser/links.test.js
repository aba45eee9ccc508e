// Links that have a whole program in them: made, opened elsewhere, damaged, and opened over a program that is there.

import assert from "node:assert/strict";
import { editorReady, enterProgram, fragmentOf, openPage, read, run } from "./browser.js";
import { onPage, surroundings } from "./pages.js";

const all = surroundings();

onPage(all, "a link has the whole program in it, and opens it elsewhere", async (page) => {
  await enterProgram(page, "import sys\nprint('shärëd', input(), sys.argv[1])");
  await page.click("#inputs summary");
  await page.type("#stdin", "in");
  await page.type("#arguments", "arg");
  await page.click("#open-share");
  const link = await page.waitForSelector("#share-link").then((field) => field.evaluate((element) => element.value));
  const context = await all.chromium.browser.createBrowserContext();
  try {
    const { page: other } = await openPage(context, link);
    await editorReady(other);
    assert.equal(new URL(other.url()).hash, "");
    const seen = await run(other, () => other.click("#run"));
    assert.equal(seen.output, "shärëd in arg\n");
  } finally {
    await context.close();
  }
});

onPage(all, "a damaged link says that it is", async (page) => {
  await editorReady(page);
  assert.match((await read(page)).notice, /damaged/);
  assert.match((await read(page)).code, /Hello/);
}, { path: "/#p1.AAAAAAAA" });

onPage(all, "a link does not lose the program that was there", async (page) => {
  await enterProgram(page, "print('mine')");
  await page.goto("about:blank");
  await page.goto(`${all.url}#${fragmentOf("print('theirs')")}`);
  await editorReady(page);
  assert.equal((await read(page)).code, "print('theirs')");
  await page.click("#notice button");
  assert.equal((await read(page)).code, "print('mine')");
});

onPage(all, "a link that is opened where the page is already takes the program's place too", async (page) => {
  await enterProgram(page, "print('mine')");
  await page.evaluate((fragment) => (location.hash = fragment), fragmentOf("print('theirs')"));
  await page.waitForSelector("#notice button");
  assert.equal((await read(page)).code, "print('theirs')");
});
