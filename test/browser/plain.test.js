// The page without JavaScript: a form that brings the page back with the outputs in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { enterPlainly, openPage, readPlainly } from "./browser.js";
import { onPage, surroundings } from "./pages.js";
import { startServer } from "./server.js";

const all = surroundings();
// The browser begins to load what it then has no use for.
const PLAIN = { javaScript: false, complaints: /editor-\w+\.js: undefined/ };

const submit = (page) => Promise.all([page.waitForNavigation(), page.click("#run")]);

onPage(all, "the form brings the page back with the outputs in it", async (page) => {
  const program = [
    "", "import sys", "print('\\n<b>&amp;</b></pre><script>1</script>\\r.')", "print('err', file=sys.stderr)", "sys.exit(3)",
  ].join("\n");
  await enterPlainly(page, program);
  await submit(page);
  const seen = await readPlainly(page);
  assert.equal(seen.code, program);
  assert.equal(seen.stdout, "\n<b>&amp;</b></pre><script>1</script>\r.\n");
  assert.equal(seen.stderr, "err\n");
  assert.match(seen.summary, /^Ended with exit code 3 after .* on backend local\.$/);
  assert.equal(new URL(page.url()).pathname, "/");
  assert.ok(await page.$eval("#stdout", (element) => element.checkVisibility()));
}, PLAIN);

onPage(all, "input and arguments are sent, and stay", async (page) => {
  await enterPlainly(page, "import sys\nprint(input(), sys.argv[1:])");
  await page.click("#inputs summary");
  await page.type("#stdin", "\n");
  await page.type("#arguments", "\"<b> 'x'\" y");
  await submit(page);
  const seen = await readPlainly(page);
  assert.equal(seen.stdout, " [\"<b> 'x'\", 'y']\n");
  assert.deepEqual([seen.stdin, seen.arguments], ["\n", "\"<b> 'x'\" y"]);
  assert.ok(await page.$eval("#arguments", (field) => field.checkVisibility()));
}, PLAIN);

onPage(all, "arguments with an open quote are told", async (page) => {
  await page.click("#inputs summary");
  await page.type("#arguments", "'open");
  await submit(page);
  assert.match((await readPlainly(page)).summary, /^The service refused the program \(400\): "arguments" has a ' that nothing closes\.$/);
}, { ...PLAIN, complaints: /400|editor-/ });

onPage(all, "what needs JavaScript is not shown", async (page) => {
  const shown = await page.$$eval(".scripted", (found) => found.filter((element) => element.checkVisibility()).map(({ id }) => id));
  assert.deepEqual(shown, []);
  assert.deepEqual(await page.$$eval("#stdout, #stderr", (found) => found.map((element) => element.checkVisibility())), [false, false]);
}, PLAIN);

test("the form sends the token that is demanded", async () => {
  const guarded = await startServer({ PLAYGROUND_UI_TOKENS: "open-sesame" });
  const { page } = await openPage(all.chromium.browser, guarded.url, PLAIN);
  try {
    await page.type("#token", "open-sesame");
    await submit(page);
    assert.match((await readPlainly(page)).summary, /^Finished/);
    assert.equal(await page.$eval("#token", (field) => field.value), "");
  } finally {
    await page.close();
    await guarded.stop();
  }
});
