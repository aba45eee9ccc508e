// How large the program's text is, and where it stands: beside its numbers, and where it stood before the editor came.

import assert from "node:assert/strict";
import { editorReady, enterProgram, nextFrame, pressToTheEnd, reloadWithout } from "./browser.js";
import { onPage, surroundings, WINDOWS } from "./pages.js";

const all = surroundings();

const SHORT = "x = 1\nprint(x)\n";
// Not all of its lines are in the document: where the others would stand is estimated.
const LONG = "x = 1\n".repeat(500);

/** The lines of the program that are in sight, and their numbers: the top of each, and how high it is. */
async function lines(page) {
  await nextFrame(page);
  return page.evaluate(() => {
    const root = document.querySelector(".code-editor").shadowRoot;
    const pane = root.querySelector(".cm-scroller").getBoundingClientRect();
    const places = (selector) => [...root.querySelectorAll(selector)].map((one) => one.getBoundingClientRect())
      .filter(({ top, bottom, height }) => height > 0 && bottom > pane.top && top < pane.bottom)
      .map(({ top, height }) => [Math.round(top), Math.round(height)]);
    return { texts: places(".cm-line"), numbers: places(".cm-lineNumbers .cm-gutterElement") };
  });
}

async function assertBeside(page, lineHeight) {
  const { texts, numbers } = await lines(page);
  assert.deepEqual(numbers, texts);
  assert.equal(texts[0][1], Math.round(lineHeight));
}

for (const [name, program] of Object.entries({ short: SHORT, long: LONG })) {
  onPage(all, `numbers stand beside the lines of a ${name} program at every size of its text`, async (page) => {
    await enterProgram(page, program);
    await page.click("#larger");
    await assertBeside(page, 15 * 1.6);
    await pressToTheEnd(page, "#larger");
    await assertBeside(page, 28 * 1.6);
    await pressToTheEnd(page, "#smaller");
    await assertBeside(page, 12 * 1.6);
  });
}

onPage(all, "a long program is as high as its lines after its text has grown", async (page) => {
  await enterProgram(page, LONG);
  await pressToTheEnd(page, "#larger");
  await nextFrame(page);
  const [height, lineHeight] = await page.$eval(">>> .cm-content", (content) =>
    [content.offsetHeight, content.querySelector(".cm-line").getBoundingClientRect().height]);
  assert.ok(Math.abs(height - 501 * lineHeight) < lineHeight, `${height} px of ${lineHeight} px each`);
});

onPage(all, "what is in sight of a long program stays there when its text grows and shrinks, at its end too", async (page) => {
  await enterProgram(page, LONG);
  const first = async () => {
    await nextFrame(page);
    return page.evaluate(() => {
      const root = document.querySelector(".code-editor").shadowRoot;
      const { top } = root.querySelector(".cm-scroller").getBoundingClientRect();
      return Number([...root.querySelectorAll(".cm-lineNumbers .cm-gutterElement")]
        .find((one) => one.getBoundingClientRect().bottom > top + 1 && one.checkVisibility({ visibilityProperty: true })).textContent);
    });
  };
  const before = await first();
  assert.ok(before > 400, String(before)); // the cursor is at the end
  await pressToTheEnd(page, "#larger");
  for (const button of ["#smaller", "#smaller", "#larger"]) {
    await page.click(button);
    const now = await first();
    assert.ok(Math.abs(now - before) <= 1, `line ${before} before, ${now} now`);
  }
});

onPage(all, "a size that is chosen before the editor has come is that of the editor", async (page) => {
  const release = await reloadWithout(page, "editor");
  await page.waitForSelector("html[data-script=on]");
  await page.click("#larger");
  assert.equal(await page.$eval("#code", (field) => getComputedStyle(field).fontSize), "15px");
  await release();
  await editorReady(page);
  await assertBeside(page, 15 * 1.6);
});

onPage(all, "a frame's numbers stand beside its lines at the size that was chosen on the page", async (page) => {
  await editorReady(page);
  await pressToTheEnd(page, "#larger");
  await page.goto(new URL("?embed=1", all.url));
  await editorReady(page);
  await assertBeside(page, 28 * 1.6);
});

/** Where the text begins in the area that is there before the editor, or in the editor: the left and top of the first line. */
const inArea = (page) => page.$eval("#code", (field) => {
  const { left, top } = field.getBoundingClientRect();
  const { paddingLeft, paddingTop } = getComputedStyle(field);
  return [left + field.clientLeft + parseFloat(paddingLeft), top + field.clientTop + parseFloat(paddingTop)];
});
const inEditor = (page) => page.$eval(">>> .cm-line", (line) => {
  const text = document.createRange();
  text.selectNodeContents(line);
  return [text.getBoundingClientRect().left, line.getBoundingClientRect().top];
});

// Layout knows places to 1/64 px.
const near = (one, other) => one.every((value, index) => Math.abs(value - other[index]) < 0.1);

async function assertStays(page) {
  const release = await reloadWithout(page, "editor");
  await page.waitForSelector("html[data-script=on]");
  const before = await inArea(page);
  await release();
  await editorReady(page);
  await nextFrame(page);
  const after = await inEditor(page);
  assert.ok(near(before, after), `${before} before, ${after} after`);
}

for (const [window, viewport] of Object.entries(WINDOWS)) {
  for (const size of ["usual", "smallest", "largest"]) {
    onPage(all, `nothing moves on a ${window} when the editor takes over text of the ${size} size`, async (page) => {
      await page.setViewport(viewport);
      await enterProgram(page, "x = 1\n".repeat(50));
      if (size !== "usual") {
        await pressToTheEnd(page, size === "largest" ? "#larger" : "#smaller");
      }
      await assertStays(page);
    });
  }

  onPage(all, `nothing moves on a ${window} when the editor takes over a program of hundreds of lines`, async (page) => {
    await page.setViewport(viewport);
    await enterProgram(page, LONG);
    await assertStays(page);
  });
}
