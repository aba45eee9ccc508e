// The page in a real browser, against the real server.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
  editorReady, enterPlainly, enterProgram, openPage, pressCtrlEnter, read, reloadWithout, run,
} from "./browser.js";
import { onPage, surroundings } from "./pages.js";
import { startServer } from "./server.js";
import { test } from "node:test";

const all = surroundings();

onPage(all, "Run shows both outputs, told apart, the outcome and what was measured", async (page) => {
  await enterProgram(page, "import sys\nprint('out', 6 * 7)\nprint('err', file=sys.stderr)\n");
  const seen = await run(page, () => page.click("#run"));
  assert.equal(seen.output, "out 42\nerr\n");
  assert.equal(seen.errors, "err");
  assert.match(seen.summary, /^Finished after [\d.]+ m?s\.$/);
  assert.deepEqual(Object.keys(seen.facts), ["Time", "CPU", "Memory", "Answered by"]);
  assert.equal(seen.facts["Answered by"], "local");
});

onPage(all, "a program is typed, indented and completed as one types, and run by Ctrl+Enter", async (page) => {
  // Pasted: an Enter after a name would take what is offered for it, if that has come by then.
  await enterProgram(page, "import math\n");
  await page.keyboard.type("if True:\nprint(math.sq");
  // Offers for what had been typed before may still be there.
  await page.waitForFunction(() => [...document.querySelector(".code-editor").shadowRoot
    .querySelectorAll(".cm-tooltip-autocomplete li")].some((item) => item.textContent === "sqrt"));
  await page.keyboard.type("rt(16");
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  const seen = await run(page, () => pressCtrlEnter(page));
  assert.equal(seen.code, "import math\nif True:\n    print(math.sqrt(16))");
  assert.equal(seen.output, "4.0\n");
  assert.ok(await page.evaluate(() => document.activeElement.className === "code-editor"));
  // What the browser itself puts into text that is typed over a selection, and the policy refuses: nothing that is missed.
}, { complaints: /Applying inline style/ });

onPage(all, "what a program prints is there before it ends, and Stop ends it", async (page) => {
  await enterProgram(page, "import time\nprint('waiting', flush=True)\ntime.sleep(60)\n");
  const seen = await run(page, async () => {
    await page.click("#run");
    await page.waitForFunction(() => document.getElementById("output").textContent.includes("waiting"));
    assert.equal((await read(page)).button, "Stop");
    await page.click("#run");
  });
  assert.match(seen.summary, /^Stopped by you after /);
  assert.equal(seen.output, "waiting\n");
}, { complaints: /ERR_ABORTED/ });

onPage(all, "a first empty line of output stays, and a second run replaces the first", async (page) => {
  await enterProgram(page, "print('\\n\\nthird line')");
  assert.equal((await run(page, () => page.click("#run"))).output, "\n\nthird line\n");
  await enterProgram(page, "pass");
  assert.equal((await run(page, () => page.click("#run"))).output, "");
});

onPage(all, "the places in a traceback are links that select their lines", async (page) => {
  await enterProgram(page, "def f(x):\n    return 1 / x\n\nf(0)\n");
  const seen = await run(page, () => page.click("#run"));
  assert.match(seen.output, /File "main.py", line 4, in <module>[^]*File "main.py", line 2, in f[^]*ZeroDivisionError/);
  assert.match(seen.summary, /^Ended with exit code 1 /);
  await page.click('#output [data-line="2"]');
  assert.equal((await selected(page)).trim(), "return 1 / x");
  await page.click('#output [data-line="4"]');
  assert.equal(await selected(page), "f(0)");
});

onPage(all, "a syntax error's place is a link too", async (page) => {
  await enterProgram(page, "x = 1\nif True\n");
  const seen = await run(page, () => page.click("#run"));
  assert.match(seen.output, /File "main.py", line 2\n {4}if True\n {11}\^\nSyntaxError: expected ':'\n$/);
  await page.click('#output [data-line="2"]');
  assert.equal(await selected(page), "if True");
});

function selected(page) {
  return page.evaluate(() => document.querySelector(".code-editor").shadowRoot.getSelection().toString());
}

onPage(all, "a program gets the input and the arguments that were typed", async (page) => {
  await enterProgram(page, "import sys\nprint(input(), sys.argv[1:])");
  await page.click("#inputs summary");
  await page.type("#stdin", "from the field\n");
  await page.type("#arguments", "-v 'two words'");
  assert.equal(await page.$eval("#inputs-note", (note) => note.textContent), "input, arguments");
  const seen = await run(page, () => page.click("#run"));
  assert.equal(seen.output, "from the field ['-v', 'two words']\n");
});

onPage(all, "a program gets the files that were dropped, and what it leaves is offered", async (page) => {
  await enterProgram(page, "import own\nopen('left.txt', 'w').write('kept')\nprint(own.x, open('data.bin', 'rb').read())");
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array([0, 255])], "data.bin"));
    dataTransfer.items.add(new File(["x = 7\n"], "own.py"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.waitForFunction(() => document.querySelectorAll("#tabs [role=tab]").length === 2);
  const seen = await run(page, () => page.click("#run"));
  assert.equal(seen.output, "7 b'\\x00\\xff'\n");
  assert.deepEqual(await page.$$eval("#left-files code", (names) => names.map((name) => name.textContent)), ["left.txt"]);
});

onPage(all, "arguments with an open quote are not run, and it is said why", async (page) => {
  await editorReady(page);
  await page.click("#inputs summary");
  await page.type("#arguments", "'open");
  await page.click("#run");
  await page.waitForFunction(() => document.getElementById("summary").textContent.includes("nothing closes"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "arguments");
});

onPage(all, "a new page holds a small program that runs", async (page) => {
  await editorReady(page);
  const fresh = await read(page);
  assert.deepEqual([fresh.summary, fresh.output], ["", ""]);
  const seen = await run(page, () => page.click("#run"));
  assert.match(seen.output, /^Hello, world!\nI am Python 3\.\d+/);
});

onPage(all, "what a new page holds is the first of the examples", async (page) => {
  const example = await readFile(new URL("../../static/src/examples/hello.py", import.meta.url), "utf8");
  assert.equal(await page.$eval("#code", (field) => field.defaultValue), example);
});

onPage(all, "a program comes back after a reload, with its input", async (page) => {
  await enterProgram(page, "print('kept')");
  await page.click("#inputs summary");
  await page.type("#stdin", "input, kept");
  await page.reload();
  await editorReady(page);
  assert.equal((await read(page)).code, "print('kept')");
  assert.equal(await page.$eval("#stdin", (field) => field.value), "input, kept");
});

onPage(all, "what is typed before the editor has come stays, cursor and selection too", async (page) => {
  const release = await reloadWithout(page, "editor");
  await page.waitForSelector("html[data-script=on]");
  await enterPlainly(page, "print('early')");
  for (let n = 0; n < "late".length + 2; n++) {
    await page.keyboard.press("ArrowLeft");
  }
  await page.keyboard.down("Shift");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.up("Shift");
  await release();
  await editorReady(page);
  await page.keyboard.type("X");
  assert.equal((await read(page)).code, "print('Xarly')");
});

onPage(all, "what is typed before any script has come goes before the program that was kept, which can be brought back", async (page) => {
  await enterProgram(page, "print('kept')");
  const release = await reloadWithout(page, "app");
  await enterPlainly(page, "print('typed')");
  await release();
  await editorReady(page);
  assert.equal((await read(page)).code, "print('typed')");
  await page.keyboard.type("#");
  assert.equal((await read(page)).code, "print('typed')#");
  await page.click("#notice button");
  assert.equal((await read(page)).code, "print('kept')");
});

onPage(all, "an example takes the program's place, and that can be undone, also after a reload", async (page) => {
  await enterProgram(page, "print('mine')");
  await page.click("#open-examples");
  await page.click("dialog .card:nth-child(5)");
  assert.match((await read(page)).code, /@dataclass/);
  assert.match((await read(page)).notice, /The example “Dataclasses” is open/);
  await page.reload();
  await editorReady(page);
  assert.match((await read(page)).code, /@dataclass/);
  await page.click("#notice button");
  assert.equal((await read(page)).code, "print('mine')");
  await page.reload();
  await editorReady(page);
  assert.deepEqual([(await read(page)).code, (await read(page)).notice], ["print('mine')", ""]);
});

onPage(all, "every example that needs no package runs as it should", async (page) => {
  await editorReady(page);
  const endings = { Hello: 0, Input: 0, Asyncio: 0, Dataclasses: 0, Tests: 1 };
  for (const [name, code] of Object.entries(endings)) {
    await page.click("#open-examples");
    await page.evaluate((wanted) => [...document.querySelectorAll("dialog .card")]
      .find((card) => card.querySelector("strong").textContent === wanted).click(), name);
    const seen = await run(page, () => page.click("#run"));
    assert.match(seen.summary, code === 0 ? /^Finished/ : /^Ended with exit code 1/, `${name}: ${seen.output}`);
    assert.notEqual(seen.output, "", name);
  }
});

onPage(all, "a form that was sent before the scripts had come shows what came of it", async (page) => {
  await enterProgram(page, "print('never sent')");
  await Promise.all([page.waitForNavigation(), page.evaluate(() => {
    document.getElementById("code").value = "print('by form')\nprint(1 / 0)";
    document.getElementById("program").submit();
  })]);
  await editorReady(page);
  const seen = await read(page);
  assert.equal(seen.code, "print('by form')\nprint(1 / 0)");
  assert.match(seen.output, /^by form\nTraceback [^]*File "main.py", line 2/);
  assert.match(seen.summary, /^Ended with exit code 1/);
});

onPage(all, "the program is downloaded under its name", async (page) => {
  await enterProgram(page, "print('to keep')");
  const saved = await page.evaluate(() => new Promise((resolve) => {
    let content;
    URL.createObjectURL = (blob) => {
      content = blob;
      return "blob:";
    };
    // The file itself is not wanted.
    HTMLAnchorElement.prototype.click = function () {
      content.text().then((text) => resolve([this.download, text]));
    };
    document.getElementById("download").click();
  }));
  assert.deepEqual(saved, ["main.py", "print('to keep')"]);
});

onPage(all, "the API's dialog shows the request by curl and by Python", async (page) => {
  await enterProgram(page, "print('it''s')");
  await page.click("#open-api");
  const snippets = await page.$$eval("dialog pre", (found) => found.map((one) => one.textContent));
  assert.match(snippets[0], new RegExp(`^curl ${new URL("python", all.url)} `));
  assert.match(snippets[1], /^import json\n/);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "open-api");
});

test("a token that is demanded is asked for, sent and remembered", async () => {
  const guarded = await startServer({ PLAYGROUND_UI_TOKENS: "open-sesame" });
  const { page } = await openPage(all.chromium.browser, guarded.url);
  try {
    await editorReady(page);
    assert.ok(await page.$("aria/Token"));
    await page.click("#run"); // the browser itself says what is missing
    assert.equal((await read(page)).summary, "");
    await page.type("#token", "wrong");
    assert.match((await run(page, () => page.click("#run"))).summary, /^You are not allowed to run programs here \(401\)/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "token");
    await page.click("#token", { count: 3 });
    await page.type("#token", "open-sesame");
    assert.match((await run(page, () => page.click("#run"))).summary, /^Finished/);
    await page.reload();
    await editorReady(page);
    assert.equal(await page.$eval("#token", (field) => field.value), "open-sesame");
    assert.match((await run(page, () => page.click("#run"))).summary, /^Finished/);
  } finally {
    await page.close();
    await guarded.stop();
  }
});
