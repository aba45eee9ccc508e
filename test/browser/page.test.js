// The page in a real browser, against the real server.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openPage, pressCtrlEnter, read, run, startBrowser, typeProgram } from "./browser.js";
import { startServer } from "./server.js";

let server, chromium;

before(async () => {
  server = await startServer();
  chromium = await startBrowser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

/** A test with a page of its own, against which the browser must have no complaint. */
function onPage(name, body, options = {}) {
  test(name, async () => {
    const { page, complaints } = await openPage(chromium.browser, server.url, options);
    try {
      await body(page);
      assert.deepEqual(complaints, options.complaints ?? []);
    } finally {
      await page.close();
    }
  });
}

onPage("Run shows both outputs, the outcome and the backend", async (page) => {
  await typeProgram(page, "import sys\nprint('out', 6 * 7)\nprint('err', file=sys.stderr)\n");
  const seen = await run(page, () => page.click("#run"));
  assert.equal(seen.stdout, "out 42\n");
  assert.equal(seen.stderr, "err\n");
  assert.match(seen.summary, /^Finished with exit code 0 after [\d.]+ m?s on backend \S+\.$/);
});

onPage("Ctrl+Enter in the program runs it, and the focus stays there", async (page) => {
  await typeProgram(page, "print('by keyboard')");
  const seen = await run(page, () => pressCtrlEnter(page));
  assert.equal(seen.stdout, "by keyboard\n");
  assert.equal(seen.code, "print('by keyboard')");
  assert.equal(await page.evaluate(() => document.activeElement.id), "code");
});

onPage("a first empty line of output stays, and a second run replaces the first", async (page) => {
  await typeProgram(page, "print('\\n\\nthird line')");
  assert.equal((await run(page, () => page.click("#run"))).stdout, "\n\nthird line\n");
  await typeProgram(page, "pass");
  assert.equal((await run(page, () => page.click("#run"))).stdout, "");
});

onPage("a syntax error's message is shown", async (page) => {
  await typeProgram(page, "if True\n");
  const seen = await run(page, () => page.click("#run"));
  assert.match(seen.stderr, /line 1\n {4}if True\n {11}\^\nSyntaxError: expected ':'\n$/);
  assert.match(seen.summary, /^Ended with exit code 1 /);
});

onPage("output that looks like markup stays text", async (page) => {
  const markup = "<script>document.title='pwned'</script><b>&amp;</b>";
  await typeProgram(page, `import sys\nprint("${markup}")\nprint("${markup}", file=sys.stderr)`);
  const seen = await run(page, () => page.click("#run"));
  assert.equal(seen.stdout, `${markup}\n`);
  assert.equal(seen.stderr, `${markup}\n`);
  assert.equal(await page.$$eval("#stdout *, #stderr *", (found) => found.length), 0);
  assert.equal(await page.title(), "Playground");
});

onPage("while a program runs the page says so, and starts no second one", async (page) => {
  const requests = [];
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.setRequestInterception(true);
  page.on("request", async (request) => {
    requests.push(request.url());
    await released;
    await request.continue();
  });
  await page.click("#run");
  await page.waitForSelector('#result[aria-busy="true"]');
  assert.equal((await read(page)).summary, "Running…");
  assert.equal(await page.$eval("#run", (button) => button.textContent), "Running…");
  const seen = await run(page, async () => {
    await page.click("#run");
    await pressCtrlEnter(page);
    release();
  });
  assert.match(seen.summary, /^Finished/);
  assert.equal(requests.length, 1);
  assert.equal(await page.$eval("#run", (button) => button.textContent), "Run");
});

/** A test of what the page says when POST /python goes wrong in the way that `respond` brings about. */
function onFailure(name, respond, expected, complaints) {
  onPage(name, async (page) => {
    await page.setRequestInterception(true);
    page.on("request", respond);
    const seen = await run(page, () => page.click("#run"));
    assert.deepEqual([seen.summary, seen.stdout, seen.stderr], [expected, "", ""]);
  }, { complaints });
}

onFailure("an error of the service is told in words",
  (request) => request.respond({
    status: 503,
    contentType: "application/json",
    headers: { "Retry-After": "2" },
    body: JSON.stringify({ error: { code: "queue_full", message: "the queue is full", field: null } }),
  }),
  "The service is busy (503): the queue is full. Try again in 2 s.",
  ["Failed to load resource: the server responded with a status of 503 (Service Unavailable)"]);

onFailure("an error without JSON is told in words",
  (request) => request.respond({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }),
  "No backend can be reached (502).",
  ["Failed to load resource: the server responded with a status of 502 (Bad Gateway)"]);

test("a service that can't be reached is told in words", async () => {
  const { page } = await openPage(chromium.browser, server.url);
  await page.setOfflineMode(true);
  const seen = await run(page, () => page.click("#run"));
  assert.match(seen.summary, /^The service can't be reached\./);
  await page.close();
});

onPage("without JavaScript the form brings the page back with the outputs in it", async (page) => {
  const program = [
    "", "import sys", "print('\\n<b>&amp;</b></pre><script>1</script>\\r.')", "print('err', file=sys.stderr)", "sys.exit(3)",
  ].join("\n");
  await typeProgram(page, program);
  await Promise.all([page.waitForNavigation(), page.click("#run")]);
  const seen = await read(page);
  assert.equal(seen.code, program);
  assert.equal(seen.stdout, "\n<b>&amp;</b></pre><script>1</script>\r.\n");
  assert.equal(seen.stderr, "err\n");
  assert.match(seen.summary, /exit code 3/);
  assert.equal(new URL(page.url()).pathname, "/");
}, { javaScript: false });

test("a token that is demanded is asked for, sent and remembered", async () => {
  const guarded = await startServer({ PLAYGROUND_UI_TOKENS: "open-sesame" });
  const { page } = await openPage(chromium.browser, guarded.url);
  try {
    assert.ok(await page.$('aria/Token'));
    await page.click("#run"); // the browser itself says what is missing
    assert.equal((await read(page)).summary, "");
    await page.type("#token", "wrong");
    assert.match((await run(page, () => page.click("#run"))).summary, /^You are not allowed to run programs here \(401\)/);
    await page.click("#token", { count: 3 });
    await page.type("#token", "open-sesame");
    assert.match((await run(page, () => page.click("#run"))).summary, /^Finished/);
    await page.reload();
    assert.equal(await page.$eval("#token", (field) => field.value), "open-sesame");
    assert.match((await run(page, () => page.click("#run"))).summary, /^Finished/);
  } finally {
    await page.close();
    await guarded.stop();
  }
});

test("without JavaScript the form sends the token that is demanded", async () => {
  const guarded = await startServer({ PLAYGROUND_UI_TOKENS: "open-sesame" });
  const { page } = await openPage(chromium.browser, guarded.url, { javaScript: false });
  try {
    await page.type("#token", "open-sesame");
    await Promise.all([page.waitForNavigation(), page.click("#run")]);
    assert.match((await read(page)).summary, /^Finished/);
    assert.equal(await page.$eval("#token", (field) => field.value), "");
  } finally {
    await page.close();
    await guarded.stop();
  }
});

onPage("a new page holds a small program that runs", async (page) => {
  const fresh = await read(page);
  assert.deepEqual([fresh.summary, fresh.stdout, fresh.stderr], ["", "", ""]);
  assert.notEqual(fresh.code, "");
  const seen = await run(page, () => page.click("#run"));
  assert.match(seen.summary, /^Finished with exit code 0/);
  assert.notEqual(seen.stdout, "");
});

onPage("everything has a name and the keyboard reaches it in order", async (page) => {
  for (const name of ['Program[role="textbox"]', 'Run[role="button"]', 'Standard output[role="region"]',
    'Standard error[role="region"]', 'Playground[role="heading"]']) {
    assert.ok(await page.$(`aria/${name}`), name);
  }
  assert.equal(await page.$eval("#summary", (element) => element.role ?? element.getAttribute("role")), "status");
  const reached = [];
  for (let n = 0; n < 4; n++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.id));
  }
  assert.deepEqual(reached, ["code", "run", "stdout", "stderr"]);
});

onPage("there is nothing inline that a strict content security policy refuses", async (page) => {
  const inline = await page.$$eval("*", (all) => all.filter((element) => element.localName === "style"
    || (element.localName === "script" && !element.src)
    || element.getAttributeNames().some((name) => name === "style" || name.startsWith("on")))
    .map((element) => element.outerHTML));
  assert.deepEqual(inline, []);
});

onPage("it fits a phone of 390 px", async (page) => {
  await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
  await typeProgram(page, "print('x' * 500)\nraise ValueError('y' * 500)");
  await run(page, () => page.tap("#run"));
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= given, `${needed} px in ${given}`);
});

test("screenshots", { skip: process.env.SCREENSHOTS !== "1" && "only with SCREENSHOTS=1" }, async () => {
  const folder = new URL("../../build/screenshots/", import.meta.url);
  await mkdir(folder, { recursive: true });
  const program = [
    "from collections import Counter", "", "words = 'the quick brown fox jumps over the lazy dog the end'.split()",
    "for word, count in Counter(words).most_common(3):", "print(f'{word:<8}{\"#\" * count} {count}')", "",
  ];
  const { page } = await openPage(chromium.browser, server.url);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      await page.setViewport({ width, height });
      const shoot = (state) => page.screenshot({
        path: new URL(`${state}-${scheme}-${width}.png`, folder).pathname, fullPage: true,
      });
      await page.goto(server.url);
      await shoot("fresh");
      await typeProgram(page, program.join("\n").replace("\nprint", "\n    print"));
      await run(page, () => page.click("#run"));
      await shoot("ok");
      await typeProgram(page, "def mean(numbers):\n    return sum(numbers) / len(numbers)\n\nprint(mean([1, 2, 3]))\nprint(mean([]))\n"
        .replace(/\n {4}/g, "\n    "));
      await run(page, () => page.click("#run"));
      await shoot("error");
    }
  }
  await page.close();
});
