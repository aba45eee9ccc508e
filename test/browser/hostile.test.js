// Output that means harm, or is only far too much: it is shown, and does nothing.

import assert from "node:assert/strict";
import { editorReady, nextFrame, read } from "./browser.js";
import { onPage, surroundings } from "./pages.js";

const all = surroundings({ standIn: true });
const MEGABYTE = 1 << 20;

/** Runs a program that prints what `print` sends. */
async function runPrinting(page, print) {
  await editorReady(page);
  const printed = new Promise((resolve, reject) => all.standIn.answer((body, reply) => {
    reply.begin();
    print(reply).then(() => reply.end()).then(resolve, reject);
  }));
  await page.click("#run");
  await printed;
  await page.waitForSelector('#result[aria-busy="false"]');
  return read(page);
}

onPage(all, "markup stays text", async (page) => {
  const markup = "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\"><b>&amp;</b>";
  const seen = await runPrinting(page, async (reply) => {
    await reply.line({ stdout: `${markup}\n` });
    await reply.line({ stderr: markup });
  });
  assert.equal(seen.output, `${markup}\n${markup}`);
  assert.equal(await page.$$eval("#output script, #output img, #output b", (found) => found.length), 0);
  assert.equal(await page.title(), "Playground");
});

onPage(all, "what a terminal would obey is shown, but colours", async (page) => {
  const seen = await runPrinting(page, (reply) => reply.line({
    stdout: "\x1b]0;title\x07\x1b[2J\x1b[H\x1b[31mred\x1b[0m \x1b[38;2;1;2;3mexact\x1b[0m\n50 %\r100 %\n",
  }));
  assert.equal(seen.output, "\\x1b]0;title\\x07\\x1b[2J\\x1b[Hred exact\n100 %\n");
  assert.deepEqual(await page.$$eval("#output .ink-1", (found) => found.map((one) => one.textContent)), ["red"]);
  assert.equal(await page.$eval("#output [style*=color]", (one) => one.style.color), "rgb(1, 2, 3)");
});

onPage(all, "marks that turn the direction of writing round are shown and do nothing", async (page) => {
  const seen = await runPrinting(page, (reply) => reply.line({ stdout: "user\u202enimda\u202c\u2066\u200bx\n" }));
  assert.equal(seen.output, "user\\u202enimda\\u202c\\u2066\\u200bx\n");
});

onPage(all, "a megabyte in one line is harmless", async (page) => {
  await runPrinting(page, (reply) => reply.line({ stdout: "x".repeat(MEGABYTE) }));
  assert.ok(await page.$$eval("#output .row", (rows) => rows.length < 300 && rows.every((row) => row.textContent.length < 1000)));
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(needed <= given);
});

// How long the page was deaf is not asked, for machines differ: that it was never deaf for the whole of it is.
onPage(all, "50 MB of output leave the page alive, with the last lines in sight and all of it to save", async (page) => {
  const piece = Array.from({ length: 1000 }, (_, n) => `line ${String(n).padStart(4, "0")} of a program that prints and prints\n`).join("");
  const pieces = Math.ceil((50 * MEGABYTE) / piece.length);
  await page.evaluate(() => {
    globalThis.painted = 0;
    const count = () => {
      globalThis.painted++;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  let half;
  const seen = await runPrinting(page, async (reply) => {
    for (let n = 0; n < pieces; n++) {
      await reply.line({ stdout: piece });
      if (n === pieces >> 1) {
        // In the midst of it the page answers, paints, and has rows in sight.
        half = await page.evaluate(() => ({ frames: globalThis.painted, rows: document.querySelectorAll("#output .row").length }));
      }
    }
    await reply.line({ stdout: "the end\n" });
  });
  assert.ok(half.frames > 5 && half.rows > 0 && half.rows < 1000, JSON.stringify(half));
  assert.match(seen.output, /the end\n$/);
  assert.ok(await page.$$eval("#output .row", (rows) => rows.length < 300));
  assert.match(seen.notes[0], /^The first [\d,]+ lines are not shown; “Save” has all of them\.$/);
  const saved = await page.evaluate(() => new Promise((resolve) => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      resolve(blob.size);
      return make(blob);
    };
    // The file itself is not wanted.
    HTMLAnchorElement.prototype.click = () => {};
    document.getElementById("save-output").click();
  }));
  assert.equal(saved, pieces * piece.length + "the end\n".length);
  // The rows at the other end are there when one goes to them.
  await page.evaluate(() => document.getElementById("output").scrollTo(0, 0));
  await nextFrame(page);
  await nextFrame(page);
  assert.ok(await page.$$eval("#output .row", (rows) => rows.some((row) => row.getBoundingClientRect().top >= 0)));
});
