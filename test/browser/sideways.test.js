// What can be scrolled sideways: what is too long for its pane, and nothing else. Bars take room here, as on Linux and Windows.

import assert from "node:assert/strict";
import { editorReady, enterProgram, nextFrame, pressToTheEnd, run } from "./browser.js";
import { onPage, surroundings } from "./pages.js";

const all = surroundings();

/** What of the page can be scrolled sideways, the page itself included: "NAME: the width that it needs in the one that it has". */
async function sideways(page) {
  await nextFrame(page);
  return page.evaluate(() => {
    const roots = [document, document.querySelector(".code-editor").shadowRoot];
    return roots.flatMap((root) => [...root.querySelectorAll("*")])
      .filter((one) => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX))
      // What is in a closed <details> is not laid out: its widths are of any time.
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth)
      .map((one) => `${one.id || one.className || one.localName}: ${one.scrollWidth} in ${one.clientWidth}`);
  });
}

/** Scrolls a pane to its right end: is that elsewhere, is the end of `line` in sight there, and is there a bar to get there by? */
async function scrollToEnd(page, pane, line) {
  await nextFrame(page);
  return page.evaluate((pane, line) => {
    pane.scrollLeft = pane.scrollWidth;
    const text = document.createRange();
    text.selectNodeContents(line);
    const right = pane.getBoundingClientRect().left + pane.clientLeft + pane.clientWidth;
    return {
      scrolled: pane.scrollLeft > 0,
      inSight: text.getBoundingClientRect().right < right + 1, // one scrolls by whole pixels
      bar: pane.offsetHeight - pane.clientHeight > 2 * pane.clientTop,
    };
  }, await page.$(pane), await page.$(line));
}

const THERE = { scrolled: true, inSight: true, bar: true };

// Phones have larger text; from 960 px on program and output stand side by side.
for (const viewport of [{ width: 360, isMobile: true, hasTouch: true }, { width: 960 }, { width: 1280 }]) {
  onPage(all, `a new page of ${viewport.width} px holds nothing that scrolls sideways, its own program neither`, async (page) => {
    await page.setViewport({ height: 800, ...viewport });
    await editorReady(page);
    assert.deepEqual(await sideways(page), []);
    await run(page, () => page.click("#run"));
    assert.deepEqual(await sideways(page), []);
  });
}

for (const width of [320, 390, 768, 1280]) {
  onPage(all, `nothing scrolls sideways in ${width} px, not before the first run, nor after it, however long the lines`, async (page) => {
    await page.setViewport({ width, height: 800 });
    await enterProgram(page, "print('short')\n");
    assert.deepEqual(await sideways(page), []);
    await run(page, () => page.click("#run"));
    assert.deepEqual(await sideways(page), []);
    await enterProgram(page, "for n in range(99):\n    print('long ' * n)\n");
    await run(page, () => page.click("#run"));
    assert.deepEqual(await sideways(page), []);
  });
}

onPage(all, "a long line of the program is scrolled to", async (page) => {
  await enterProgram(page, `text = '${"long ".repeat(99)}'`);
  assert.deepEqual(await scrollToEnd(page, ">>> .cm-scroller", ">>> .cm-line"), THERE);
});

onPage(all, "output that has no room for twenty columns is scrolled to", async (page) => {
  await page.setViewport({ width: 320, height: 800 });
  await enterProgram(page, "print('long ' * 9)");
  await pressToTheEnd(page, "#larger");
  await run(page, () => page.click("#run"));
  assert.deepEqual(await scrollToEnd(page, "#output", "#output .row"), THERE);
});
