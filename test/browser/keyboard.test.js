// The page by keyboard alone, for those who listen, and as its policy wants it.

import assert from "node:assert/strict";
import { editorReady, focusEditor, read } from "./browser.js";
import { onPage, surroundings } from "./pages.js";

const all = surroundings();

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.localName);

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
  }
}

onPage(all, "Tab reaches everything in its order, and Escape leads out of the editor", async (page) => {
  await editorReady(page);
  const reached = [];
  for (let n = 0; n < 9; n++) {
    await press(page, "Tab");
    reached.push(await focused(page));
  }
  assert.deepEqual(reached,
    ["skip", "open-examples", "open-share", "open-api", "download", "tab-active", "add-file", "smaller", "larger"]);
  await press(page, "Tab");
  assert.equal(await focused(page), "code-editor");
  await press(page, "Tab");
  assert.equal(await focused(page), "code-editor");
  await press(page, "Escape", "Tab");
  assert.equal(await focused(page), "summary");
  await press(page, "Tab");
  assert.equal(await focused(page), "run");
  await press(page, "Tab");
  assert.equal(await focused(page), "output");
});

onPage(all, "the first link leads to the program", async (page) => {
  await editorReady(page);
  await press(page, "Tab", "Enter");
  assert.equal(await focused(page), "code-editor");
});

onPage(all, "a program is chosen, run and its error found by keyboard alone", async (page) => {
  await editorReady(page);
  await page.focus("#open-examples");
  await press(page, "Enter");
  await page.waitForSelector("dialog[open]");
  for (let n = 0; n < 20 && !(await page.evaluate(() => document.activeElement.textContent.startsWith("Tests"))); n++) {
    await press(page, "Tab");
  }
  await press(page, "Enter");
  assert.equal(await focused(page), "code-editor");
  await press(page, "Escape", "Tab", "Tab", "Enter");
  await page.waitForSelector('#result[aria-busy="false"]');
  assert.match(await page.$eval("#announcement", (place) => place.textContent), /^Ended with exit code 1 .* \d+ lines of output\./);
  await page.focus("#output");
  await press(page, "Tab", "Enter");
  assert.equal(await focused(page), "code-editor");
  assert.match((await read(page)).output, /FAILED \(failures=1\)/);
});

onPage(all, "everything has a name", async (page) => {
  await focusEditor(page);
  for (const name of ['Run[role="button"]', 'Output[role="region"]', 'Playground[role="heading"]', 'main.py[role="tab"]',
    'Standard input[role="textbox"]', 'Arguments[role="textbox"]']) {
    await page.$eval("#inputs", (inputs) => (inputs.open = true));
    assert.ok(await page.$(`aria/${name}`), name);
  }
  assert.equal(await page.$eval(">>> .cm-content", (content) => content.getAttribute("aria-label")), "Program, main.py");
  assert.equal(await page.$eval("#announcement", (place) => place.getAttribute("role")), "status");
});

onPage(all, "the text grows and shrinks, and stays so", async (page) => {
  await editorReady(page);
  const size = () => page.$eval(">>> .cm-content", (content) => parseFloat(getComputedStyle(content).fontSize));
  const usual = await size();
  await page.click("#larger");
  await page.click("#larger");
  assert.equal(await size(), usual + 2);
  await page.reload();
  await editorReady(page);
  assert.equal(await size(), usual + 2);
  await page.click("#smaller");
  assert.equal(await size(), usual + 1);
});

onPage(all, "nothing moves for those who want nothing to move", async (page) => {
  const blinks = () => document.querySelector(".code-editor").shadowRoot.getAnimations()
    .some((animation) => animation.animationName?.startsWith("cm-blink"));
  // A transition that has begun runs to its end whatever is wished meanwhile: told is how long one would take.
  const moving = () => page.evaluate(() => {
    const roots = [document, document.querySelector(".code-editor").shadowRoot];
    const animations = roots.flatMap((root) => root.getAnimations()).filter((one) => one instanceof CSSAnimation);
    const durations = roots.flatMap((root) => [...root.querySelectorAll("*")])
      .map((element) => getComputedStyle(element).transitionDuration);
    return {
      animations: animations.map((one) => one.animationName),
      transitions: durations.filter((duration) => duration.split(",").some((one) => parseFloat(one) > 0)),
    };
  });
  const wish = (value) => page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value }]);
  await wish("no-preference");
  await focusEditor(page);
  // The editor says a little after it has the focus that it has.
  await page.waitForFunction(blinks);
  assert.ok((await moving()).transitions.length > 0);
  await wish("reduce");
  assert.deepEqual(await moving(), { animations: [], transitions: [] });
});

onPage(all, "there is nothing inline that a strict content security policy refuses", async (page) => {
  const inline = await page.evaluate(async () => {
    const text = await (await fetch("/")).text();
    return [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("*")]
      .filter((element) => element.localName === "style" || (element.localName === "script" && !element.src)
        || element.getAttributeNames().some((name) => name === "style" || name.startsWith("on")))
      .map((element) => element.outerHTML);
  });
  assert.deepEqual(inline, []);
});

// What the first visit loads, by brotli: the budget is of bytes, so that no machine's speed is in it.
onPage(all, "the first load stays below 200 KB", async (page) => {
  const client = await page.createCDPSession();
  await client.send("Network.enable");
  let received = 0;
  const hosts = new Set();
  client.on("Network.responseReceived", ({ response }) => hosts.add(new URL(response.url).host));
  // What the visit before still fetches when this one begins is none of it.
  const asked = new Set();
  client.on("Network.requestWillBeSent", ({ requestId, type }) => {
    if (type === "Document") {
      asked.clear();
      received = 0;
    }
    asked.add(requestId);
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (asked.has(requestId)) received += encodedDataLength;
  });
  await page.setCacheEnabled(false);
  await page.goto(all.url, { waitUntil: "networkidle0" });
  await editorReady(page);
  assert.ok(received > 50_000 && received < 200_000, `${received} bytes`);
  assert.deepEqual([...hosts], [new URL(all.url).host]);
});
