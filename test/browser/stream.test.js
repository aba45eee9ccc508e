// What the page makes of replies: as they come, as they break off, and as hostile programs would have them. POST /python is
// answered by the test, which knows what has been sent and what has not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { editorReady, enterProgram, openPage, read } from "./browser.js";
import { onPage, surroundings } from "./pages.js";

const all = surroundings({ standIn: true });

/** Begins a run; returns what was asked and the reply that is to be given. */
async function begin(page, action = () => page.click("#run")) {
  await editorReady(page);
  const asked = new Promise((resolve) => all.standIn.answer((body, reply) => resolve({ body, reply })));
  await action();
  return asked;
}

const ended = (page) => page.waitForSelector('#result[aria-busy="false"]').then(() => read(page));
const shows = (page, text) => page.waitForFunction((wanted) => document.getElementById("output").textContent.includes(wanted), {}, text);
const says = (page, pattern) => page.waitForFunction(
  (source) => new RegExp(source).test(document.getElementById("summary").textContent), {}, pattern.source);

onPage(all, "output is shown as it comes, both streams in order", async (page) => {
  const { body, reply } = await begin(page);
  assert.deepEqual([body.plots, body.files_out], [true, true]);
  reply.begin();
  await reply.line({ stdout: "first\n" });
  await shows(page, "first");
  const during = await read(page);
  assert.deepEqual([during.summary, during.button], ["Running…", "Stop"]);
  await reply.line({ stderr: "second\n" });
  await shows(page, "second");
  await reply.line({ stdout: "third\n" });
  reply.end();
  const seen = await ended(page);
  assert.deepEqual([seen.output, seen.errors, seen.button], ["first\nsecond\nthird\n", "second", "Run"]);
  assert.equal(seen.summary, "Finished after 12 ms.");
  assert.equal(seen.facts["Answered by"], "gcp");
});

onPage(all, "Stop ends the request, and what had come stays", async (page) => {
  const { reply } = await begin(page);
  reply.begin();
  await reply.line({ stdout: "for ever\n" });
  await shows(page, "for ever");
  await page.click("#run");
  const seen = await ended(page);
  await reply.gone;
  assert.match(seen.summary, /^Stopped by you after /);
  assert.deepEqual([seen.output, seen.button], ["for ever\n", "Run"]);
}, { complaints: /ERR_ABORTED/ });

onPage(all, "a second Ctrl+Enter starts no second run", async (page) => {
  let count = 0;
  await editorReady(page);
  const asked = new Promise((resolve) => all.standIn.answer((body, reply) => {
    count++;
    resolve(reply);
  }));
  for (let n = 0; n < 3; n++) {
    await page.keyboard.down("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.up("Control");
  }
  (await asked).send(200, { status: "ok", stdout: "", stderr: "" });
  await ended(page);
  assert.equal(count, 1);
});

for (const [status, words] of [[503, /The service is busy. Trying again in 1 s/], [429, /Too many programs .* again in 1 s/]]) {
  onPage(all, `a ${status} is waited for, visibly, and then the program runs`, async (page) => {
    const { reply } = await begin(page);
    const again = new Promise((resolve) => all.standIn.answer((body, next) => resolve(next)));
    reply.send(status, { error: { code: "x", message: "later" }, started: false }, { "Retry-After": "1" });
    await says(page, words);
    assert.match(await page.$eval("#announcement", (place) => place.textContent), /Trying again soon \(2 of 5\)\.$/);
    (await again).send(200, { status: "ok", stdout: "ran\n", stderr: "" });
    assert.equal((await ended(page)).output, "ran\n");
  }, { complaints: /status of (503|429)/ });
}

onPage(all, "a wait can be stopped", async (page) => {
  const { reply } = await begin(page);
  reply.send(503, { error: { code: "x", message: "later" } }, { "Retry-After": "30" });
  await says(page, /Trying again in/);
  await page.click("#run");
  assert.match((await ended(page)).summary, /^Stopped by you/);
}, { complaints: /status of 503/ });

onPage(all, "a backend that was lost before anything was printed is nobody's concern", async (page) => {
  const { reply } = await begin(page);
  const again = new Promise((resolve) => all.standIn.answer((body, next) => resolve(next)));
  reply.begin();
  await reply.line({ error: { code: "backend_lost", message: "lost" } });
  reply.cut();
  const next = await again;
  next.begin();
  await next.line({ stdout: "whole\n" });
  next.end();
  const seen = await ended(page);
  assert.deepEqual([seen.output, seen.summary], ["whole\n", "Finished after 12 ms."]);
}, { complaints: /ERR_/ });

onPage(all, "a backend that was lost later is told, with what had come", async (page) => {
  const { reply } = await begin(page);
  reply.begin();
  await reply.line({ stdout: "half\n" });
  await shows(page, "half");
  await reply.line({ error: { code: "backend_lost", message: "lost" } });
  reply.cut();
  const seen = await ended(page);
  assert.match(seen.summary, /^The connection was lost while the program ran/);
  assert.equal(seen.output, "half\n");
}, { complaints: /ERR_/ });

for (const [status, body, expected] of [
  [413, { error: { code: "source_too_large", message: "too large" } }, "The program is too large (413): too large."],
  [502, "<h1>Bad gateway</h1>", "No backend can be reached (502)."],
]) {
  onPage(all, `a ${status} is told in words`, async (page) => {
    const { reply } = await begin(page);
    reply.send(status, body);
    assert.equal((await ended(page)).summary, expected);
  }, { complaints: /status of/ });
}

test("offline is said, and that it is over", async () => {
  const { page } = await openPage(all.chromium.browser, all.url);
  try {
    await editorReady(page);
    await page.setOfflineMode(true);
    await page.waitForFunction(() => document.getElementById("notice").textContent.includes("offline"));
    await page.click("#run");
    assert.match((await ended(page)).summary, /^You are offline/);
    await page.setOfflineMode(false);
    await page.waitForFunction(() => document.getElementById("notice").textContent === "");
  } finally {
    await page.close();
  }
});

onPage(all, "refused calls are explained", async (page) => {
  const { reply } = await begin(page);
  reply.send(200, { status: "error", exit_code: 1, duration_ms: 3, stdout: "", stderr: "", denied: ["socket"] });
  const seen = await ended(page);
  assert.deepEqual(seen.notes, ["The sandbox refused something: the network can't be reached from here (socket)."]);
});

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

onPage(all, "figures are shown and files offered, and both are gone with the next run", async (page) => {
  const { reply } = await begin(page);
  reply.begin();
  reply.end({
    plots: [
      { name: "figure-1.png", mime: "image/png", content: PIXEL },
      { name: "figure-2.svg", mime: "image/svg+xml", content: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>document.title="pwned"</script></svg>').toString("base64") },
      { name: "page", mime: "text/html", content: "PGI+" },
    ],
    files: [{ path: "data/out.csv", content: "YSxi", encoding: "base64" }],
  });
  await ended(page);
  const shown = await page.$$eval("#figures img", (images) => Promise.all(images.map(async (image) => {
    await image.decode();
    return [image.naturalWidth, image.alt];
  })));
  assert.deepEqual(shown, [[1, "Figure 1: figure-1.png"], [9, "Figure 2: figure-2.svg"]]);
  assert.match(await page.$eval("#left-files", (place) => place.textContent), /data\/out\.csv3 BSave/);
  assert.equal(await page.title(), "Playground");
  const { reply: next } = await begin(page);
  next.send(200, { status: "ok", stdout: "", stderr: "" });
  await ended(page);
  assert.deepEqual(await page.$$eval("#figures, #left-files", (places) => places.map(({ hidden }) => hidden)), [true, true]);
});

onPage(all, "files that are added lie beside the program, modules become tabs", async (page) => {
  await editorReady(page);
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array([0, 255])], "data.bin"));
    dataTransfer.items.add(new File(["x = 1\n"], "own.py"));
    document.getElementById("editor").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector("#upload-list li");
  await page.waitForFunction(() => document.querySelectorAll("#tabs [role=tab]").length === 2);
  const { body, reply } = await begin(page);
  reply.send(200, { status: "ok", stdout: "", stderr: "" });
  await ended(page);
  assert.deepEqual(body.files, [
    { path: "own.py", content: "x = 1\n", encoding: "utf-8" }, { path: "data.bin", content: "AP8=", encoding: "base64" },
  ]);
});

onPage(all, "files are made, renamed, deleted and brought back by their tabs", async (page) => {
  await enterProgram(page, "import shapes");
  await page.click("#add-file");
  await page.type("#file-name", "shapes.py");
  await page.keyboard.press("Enter");
  await enterProgram(page, "size = 3");
  await page.click("#rename-file");
  await page.keyboard.type("forms.py");
  await page.keyboard.press("Enter");
  await page.focus("#tab-active");
  await page.keyboard.press("ArrowLeft");
  assert.equal((await read(page)).code, "import shapes");
  await page.keyboard.press("End");
  assert.equal((await read(page)).code, "size = 3");
  await page.click("#remove-file");
  const { body, reply } = await begin(page);
  assert.equal(body.files, undefined);
  reply.send(200, { status: "ok", stdout: "", stderr: "" });
  await ended(page);
  await page.click("#notice button");
  assert.equal((await read(page)).code, "size = 3");
});

onPage(all, "a name that is none is refused in words", async (page) => {
  await editorReady(page);
  await page.click("#add-file");
  await page.type("#file-name", "../passwd");
  await page.keyboard.press("Enter");
  assert.match(await page.$eval("#name-hint", (hint) => hint.textContent), /A name is of/);
});
