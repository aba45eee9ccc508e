// Several interpreters behind the page: Debian's, and a virtual environment made from it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { editorReady, enterProgram, fragmentOf, openLesson, openPage, read, run, runInFrame } from "./browser.js";
import { onPage, surroundings } from "./pages.js";
import { startServer } from "./server.js";

const PYTHON = "/usr/bin/python3";
const WHERE = "import sys\nprint(sys.prefix)\n";

// Where interpreters that are not root can read it too.
const venv = mkdtempSync(path.join(os.tmpdir(), "playground-venv-"));
after(() => rmSync(venv, { recursive: true }));
chmodSync(venv, 0o755);
execFileSync(PYTHON, ["-m", "venv", "--without-pip", venv]);
const VERSION = execFileSync(PYTHON, ["-c", "import platform; print(platform.python_version())"]).toString().trim();
const SEVERAL = { PLAYGROUND_PYTHON: `system=${PYTHON},venv=${venv}/bin/python` };

const all = surroundings({ settings: SEVERAL });

const offered = async (page) => {
  await page.waitForSelector("#python-picker:not([hidden])");
  return page.$$eval("#python option", (options) => options.map(({ textContent }) => textContent));
};
const picked = (page) => page.$eval("#python", (select) => select.value);
const outputOf = async (page) => (await run(page, () => page.click("#run"))).output;

onPage(all, "the one that is chosen runs the program, and is chosen again after a reload", async (page) => {
  assert.deepEqual(await offered(page), [`system (${VERSION})`, `venv (${VERSION})`]);
  assert.ok(await page.$("aria/Python[role=\"combobox\"]"));
  await enterProgram(page, WHERE);
  assert.equal(await outputOf(page), "/usr\n");
  await page.select("#python", "venv");
  assert.equal(await outputOf(page), `${venv}\n`);
  await page.reload();
  await offered(page);
  await editorReady(page);
  assert.equal(await picked(page), "venv");
  assert.equal(await outputOf(page), `${venv}\n`);
  await page.select("#python", "system");
  assert.equal(await outputOf(page), "/usr\n");
});

onPage(all, "it is part of a link, of the API's request and of the markup, and an example leaves it", async (page) => {
  await offered(page);
  await page.select("#python", "venv");
  await page.click("#open-examples");
  await page.click("dialog .card");
  await enterProgram(page, WHERE);
  await page.click("#open-api");
  const snippets = await page.$$eval("dialog pre", (found) => found.map((one) => one.textContent));
  assert.match(snippets[0], /"python":"venv"/);
  assert.match(snippets[1], /"python": "venv"/);
  await page.keyboard.press("Escape");
  await page.click("#open-share");
  const link = await page.waitForSelector("#share-link").then((field) => field.evaluate((element) => element.value));
  assert.match(await page.$eval("dialog pre", (markup) => markup.textContent), /^<pre class="playground" data-python="venv">/);
  const context = await all.chromium.browser.createBrowserContext();
  try {
    const { page: other } = await openPage(context, link);
    await offered(other);
    await editorReady(other);
    assert.equal(await picked(other), "venv");
    assert.equal(await outputOf(other), `${venv}\n`);
  } finally {
    await context.close();
  }
});

onPage(all, "a link that wants one that is not there gets the default, and it is said", async (page) => {
  await offered(page);
  await editorReady(page);
  assert.equal(await picked(page), "system");
  const note = () => page.$eval("#python-note", ({ textContent }) => textContent);
  assert.equal(await note(), `There is no Python “3.99” here: system (${VERSION}) runs it.`);
  assert.equal(await outputOf(page), "/usr\n");
  await page.select("#python", "venv");
  assert.equal(await note(), "");
}, { path: `/#${fragmentOf(WHERE, { python: "3.99" })}` });

test("a block of another site says by which it is run", async () => {
  let server;
  const lesson = `<!doctype html><html lang="en"><title>A lesson</title><pre class="playground" data-python="venv">${WHERE}</pre>
<pre class="playground" data-python="3.99">${WHERE}</pre>`;
  const site = http.createServer((request, response) => response.writeHead(200, { "Content-Type": "text/html" })
    .end(`${lesson}<script src="${server.url}static/embed.js"></script></html>`));
  site.listen(0, "127.0.0.2");
  await once(site, "listening");
  const origin = `http://127.0.0.2:${site.address().port}`;
  server = await startServer({ ...SEVERAL, PLAYGROUND_CORS_ORIGINS: origin });
  const context = await all.chromium.browser.createBrowserContext();
  try {
    const { page } = await openLesson(context, origin, 2);
    for (const [index, prefix, note] of [[0, venv, ""], [1, "/usr", "There is no Python “3.99” here"]]) {
      const frame = await (await page.$(`iframe:nth-of-type(${index + 1})`)).contentFrame();
      await editorReady(frame);
      await frame.waitForFunction((wanted) => document.getElementById("python-note").textContent.startsWith(wanted), {}, note);
      assert.equal((await runInFrame(page, frame)).output, `${prefix}\n`);
      assert.ok(!(await frame.$eval("#python-picker", (picker) => picker.checkVisibility())));
    }
  } finally {
    await context.close();
    await server.stop();
    site.closeAllConnections();
    site.close();
  }
});

test("one alone is not offered, and its version is told", async () => {
  const single = await startServer({ PLAYGROUND_PYTHON: PYTHON });
  const { page, complaints } = await openPage(all.chromium.browser, single.url);
  try {
    await page.waitForSelector("#python-version:not(:empty)");
    assert.equal(await page.$eval("#python-version", ({ textContent }) => textContent), `Python ${VERSION}`);
    assert.ok(!(await page.$eval("#python-picker", (picker) => picker.checkVisibility())));
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
    await single.stop();
  }
});

test("where a token is demanded they are asked for with it, and not before there is one", async () => {
  const guarded = await startServer({ ...SEVERAL, PLAYGROUND_UI_TOKENS: "open-sesame" });
  const { page, complaints } = await openPage(all.chromium.browser, guarded.url);
  try {
    // The page is idle when half of the token has been typed.
    await page.evaluateOnNewDocument(() => {
      const waiting = [];
      globalThis.requestIdleCallback = (act) => waiting.push(act);
      globalThis.beIdle = () => waiting.splice(0).forEach((act) => act({ didTimeout: false, timeRemaining: () => 1 }));
    });
    await page.reload();
    await editorReady(page);
    await page.type("#token", "open");
    await page.evaluate(() => globalThis.beIdle());
    await page.type("#token", "-sesame");
    await run(page, () => page.click("#run"));
    assert.equal((await offered(page)).length, 2);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
    await guarded.stop();
  }
});

onPage(all, "an answer that can't be read shows nothing, and programs run", async (page) => {
  await page.setRequestInterception(true);
  const asked = new Promise((resolve) => page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/py/versions") {
      request.respond({ status: 200, contentType: "application/json", body: '{"versions": 7}' }).then(resolve);
    } else {
      request.continue();
    }
  }));
  await page.reload();
  await editorReady(page);
  await asked;
  assert.match((await run(page, () => page.click("#run"))).summary, /^Finished/);
  assert.ok(!(await page.$eval("#python-picker", (picker) => picker.checkVisibility())));
  assert.equal((await read(page)).notice, "");
});
