// Chromium, with a profile of its own that is gone afterwards, and what the tests do on the page.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import puppeteer from "puppeteer-core";

const POLL_MS = 20;
const COMPLAINT_MS = 30_000;
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** @returns {Promise<{browser: import("puppeteer-core").Browser, close: () => Promise<void>}>} */
export async function startBrowser() {
  const home = await mkdtemp(path.join(os.tmpdir(), "playground-browser-"));
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    const browser = await puppeteer.launch({
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
      // Puppeteer hides bars: no picture would show one too many, and nothing would have to make room for one.
      ignoreDefaultArgs: ["--hide-scrollbars"],
      userDataDir: path.join(home, "profile"),
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
    });
    return { browser, close: () => browser.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Opens the page. `complaints` collects what the browser has to say against it: errors on its console
 * (violations of the content security policy among them), uncaught errors, failed requests.
 */
export async function openPage(browser, url, { javaScript = true } = {}) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.setJavaScriptEnabled(javaScript);
  await page.goto(url, { waitUntil: "load" });
  return { page, complaints };
}

/** Waits until the browser has said `count` things of this kind against the page. @throws with all that it said */
export async function complained(complaints, kind, count) {
  const deadline = Date.now() + COMPLAINT_MS;
  while (complaints.filter((text) => kind.test(text)).length < count) {
    assert.ok(Date.now() < deadline, `${count} of ${kind} expected; said: ${JSON.stringify(complaints)}`);
    await pause(POLL_MS);
  }
}

/**
 * Loads the page anew, but for the script whose name begins with `name`.
 * @returns {Promise<() => Promise<void>>} lets that one come too
 */
export async function reloadWithout(page, name) {
  const held = [];
  let holding = true;
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (holding && new URL(request.url()).pathname.startsWith(`/static/${name}-`)) {
      held.push(request);
    } else {
      request.continue();
    }
  });
  await page.setCacheEnabled(false);
  // Not page.reload(): a page whose module script has not come has not ended loading.
  await page.evaluate(() => {
    globalThis.before = true;
    location.reload();
  });
  await page.waitForFunction(() => !globalThis.before && document.readyState !== "loading");
  return async () => {
    holding = false;
    await Promise.all(held.map((request) => request.continue()));
  };
}

/** Waits until the page's own editor has taken the text area's place. */
export function editorReady(page) {
  return page.waitForSelector("html[data-editor=ready]");
}

/** Opens a page of another site whose `count` blocks become frames, all of them in sight. */
export async function openLesson(context, url, count) {
  const opened = await openPage(context, url);
  await opened.page.setViewport({ width: 800, height: 700 * count });
  await opened.page.waitForFunction((wanted) => document.querySelectorAll("pre[hidden]").length === wanted, {}, count);
  return opened;
}

/** The fragment of a link that holds this program, uncompressed. `more`: further parts of it, as its `python`. */
export function fragmentOf(text, more = {}) {
  const program = { files: [{ path: "main.py", text }], stdin: "", arguments: "", uploads: [], ...more };
  return `p0.${Buffer.from(JSON.stringify(program)).toString("base64url")}`;
}

/** Replaces the file that is in the editor, as by pasting: what one types is completed and indented. */
export async function enterProgram(page, text) {
  await focusEditor(page);
  await pressSelectAll(page);
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const target = document.querySelector(".code-editor").shadowRoot.activeElement;
    target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The same in the text area of a page without JavaScript. */
export async function enterPlainly(page, text) {
  await page.focus("#code");
  await pressSelectAll(page);
  await page.keyboard.press("Backspace");
  await page.type("#code", text);
}

export async function focusEditor(page) {
  await editorReady(page);
  await page.focus(">>> .cm-content");
}

async function pressSelectAll(page) {
  await page.keyboard.down("Control");
  await page.keyboard.press("KeyA");
  await page.keyboard.up("Control");
}

/** Does `action` and waits until the run that it starts is over. */
export async function run(page, action) {
  await page.evaluate(() => document.getElementById("result").removeAttribute("aria-busy"));
  await action();
  await page.waitForSelector('#result[aria-busy="false"]');
  return read(page);
}

/**
 * Presses Run in a frame of the page, by the keyboard: frames above it may grow meanwhile, and a click is aimed at a place.
 * The frame has to be in sight: out of it nothing is drawn.
 */
export function runInFrame(page, frame) {
  return run(frame, async () => {
    await frame.focus("#run");
    await page.keyboard.press("Enter");
  });
}

export async function pressCtrlEnter(page) {
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
}

/** Presses a button as long as it may be pressed: no faster than people do, who see each time what came of it. */
export async function pressToTheEnd(page, button) {
  while (await page.$eval(button, ({ disabled }) => !disabled)) {
    await page.click(button);
    await nextFrame(page);
  }
}

/** Waits for the frame in which the page shows what it has. */
export function nextFrame(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What the page shows now. Rows that were broken for the width are joined. */
export async function read(page) {
  await nextFrame(page);
  return page.evaluate(() => {
    const textOf = (selector) => document.querySelector(selector)?.textContent ?? "";
    const rows = [...document.querySelectorAll("#output .row")];
    const joined = rows.map((row) => (row.dataset.broken ? "" : "\n") + row.textContent).join("").slice(1);
    const editor = document.querySelector(".code-editor")?.shadowRoot;
    return {
      code: editor ? [...editor.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n")
        : document.getElementById("code").value,
      summary: textOf("#summary"),
      facts: Object.fromEntries([...document.querySelectorAll("#facts div")]
        .map((pair) => [pair.querySelector("dt").textContent, pair.querySelector("dd").textContent])),
      notes: [...document.querySelectorAll("#notes li")].map((note) => note.textContent),
      output: joined,
      errors: [...document.querySelectorAll("#output .stderr")].map((part) => part.textContent).join(""),
      notice: textOf("#notice p"),
      button: textOf("#run-label"),
    };
  });
}

/** The same of a page without JavaScript. */
export function readPlainly(page) {
  return page.evaluate(() => Object.fromEntries(["code", "stdin", "arguments", "summary", "stdout", "stderr"].map((id) => {
    const element = document.getElementById(id);
    return [id, element.value ?? element.textContent];
  })));
}
