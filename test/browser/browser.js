// Chromium, with a profile of its own that is gone afterwards, and what the tests do on the page.

import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import puppeteer from "puppeteer-core";

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

/** Replaces the program by typing. */
export async function typeProgram(page, text) {
  await page.focus("#code");
  await page.keyboard.down("Control");
  await page.keyboard.press("KeyA");
  await page.keyboard.up("Control");
  await page.keyboard.press("Backspace");
  await page.type("#code", text);
}

/** Does `action` and waits until the run that it starts is over. */
export async function run(page, action) {
  await action();
  await page.waitForSelector('#result[aria-busy="false"]');
  return read(page);
}

export async function pressCtrlEnter(page) {
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
}

/** What the page shows now. */
export function read(page) {
  return page.evaluate(() => ({
    code: document.getElementById("code").value,
    summary: document.getElementById("summary").textContent,
    stdout: document.getElementById("stdout").textContent,
    stderr: document.getElementById("stderr").textContent,
  }));
}
