// Blocks of another site's page that become programs: the other site is a server of its own, at another origin.

import assert from "node:assert/strict";
import http from "node:http";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { complained, editorReady, openLesson, openPage, runInFrame, startBrowser } from "./browser.js";
import { startServer } from "./server.js";

const PROGRAM = "import sys\nprint('embedded <b>', input(), sys.argv[1])\n";

const page = (home) => `<!doctype html><html lang="en"><title>A lesson</title><h1>A lesson</h1>
<pre class="playground" data-stdin="in" data-arguments="'a b'">${PROGRAM.replaceAll("<", "&lt;")}</pre>
<p>And another:</p>
<pre class="playground">print(2)</pre>
<script src="${home}static/embed.js"></script></html>`;

let chromium, site, server;

before(async () => {
  chromium = await startBrowser();
  site = http.createServer((request, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(page(server.url)));
  site.listen(0, "127.0.0.2");
  await once(site, "listening");
  site.origin = `http://127.0.0.2:${site.address().port}`;
});

after(async () => {
  await chromium?.close();
  site?.closeAllConnections();
  site?.close();
});

/** A test with a server that has these settings. */
function withServer(name, settings, body) {
  test(name, async () => {
    server = await startServer(settings());
    const context = await chromium.browser.createBrowserContext();
    try {
      await body(context);
    } finally {
      await context.close();
      await server.stop();
    }
  });
}

withServer("blocks run where the site is allowed", () => ({ PLAYGROUND_CORS_ORIGINS: site.origin }), async (context) => {
  const { page: lesson, complaints } = await openLesson(context, site.origin, 2);
  const frame = lesson.frames().find((one) => one.url().startsWith(server.url));
  await editorReady(frame);
  assert.equal((await runInFrame(lesson, frame)).output, "embedded <b> in a b\n");
  // The frame grows with what is in it.
  await lesson.waitForFunction(() => {
    const first = document.querySelector("iframe");
    return first.clientHeight > 200 && first.clientHeight < 900;
  });
  assert.deepEqual(complaints, []);
  // The program is not the one that lives in the user's own playground.
  assert.equal(await frame.evaluate(() => localStorage.getItem("program")), null);
});

withServer("a block leads to the whole playground", () => ({ PLAYGROUND_CORS_ORIGINS: site.origin }), async (context) => {
  const { page: lesson } = await openLesson(context, site.origin, 2);
  const frame = lesson.frames().find((one) => one.url().startsWith(server.url));
  await frame.waitForSelector("#open-whole[href*='#p1.']");
  const { page: whole } = await openPage(context, await frame.$eval("#open-whole", (link) => link.href));
  await whole.waitForSelector("html[data-editor=ready]");
  assert.match(await whole.$eval("#stdin", (field) => field.value), /^in$/);
});

withServer("blocks stay what they are where the site is not allowed", () => ({}), async (context) => {
  const { page: lesson, complaints } = await openPage(context, site.origin);
  // Each frame was refused. Not lesson.waitForNetworkIdle(): the end of a refused frame's request is not always told.
  await complained(complaints, /frame-ancestors/, 2);
  assert.equal(await lesson.$$eval("pre", (blocks) => blocks.filter((block) => block.checkVisibility()).length), 2);
  assert.deepEqual(await lesson.$$eval("iframe", (frames) => frames.map((frame) => frame.clientHeight)), [0, 0]);
});
