// Each view of the page: nothing in it breaks WCAG 2.2 AA as far as a program can tell (axe-core), it fits the window, and its
// picture is put into build/screenshots for people to look at.

import { editorReady, enterProgram, fragmentOf } from "./browser.js";
import { surroundings } from "./pages.js";
import { ENDED } from "./stand_in.js";
import { testViews } from "./views.js";

const all = surroundings({ standIn: true });

const PLOT = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="240" viewBox="0 0 480 240"><rect width="480" height="240"
  fill="#fff"/><path d="M40 120 Q 90 10 140 120 T 240 120 T 340 120 T 440 120" fill="none" stroke="#2459c9" stroke-width="3"/></svg>`;
const TRACEBACK = `Traceback (most recent call last):
  File "/dev/shm/playground-1/abc/main.py", line 5, in <module>
    print(mean([]))
          ^^^^^^^^
  File "/dev/shm/playground-1/abc/main.py", line 2, in mean
    return sum(numbers) / len(numbers)
           ~~~~~~~~~~~~~^~~~~~~~~~~~~~
ZeroDivisionError: division by zero
`;

/** Runs the program that is there; the stand-in answers with these lines and that end. */
async function answer(page, lines, end) {
  await editorReady(page);
  all.standIn.answer(async (body, reply) => {
    reply.begin();
    for (const line of lines) {
      await reply.line(line);
    }
    if (end) {
      reply.end(end);
    }
  });
  await page.click("#run");
  await page.waitForSelector(end ? '#result[aria-busy="false"]' : '#result[aria-busy="true"]');
}

/** Does `action` on the page as it is where there are several interpreters. */
async function choosing(page, action) {
  all.standIn.tellVersions(["3.11", "data-science-2026"]);
  await page.reload();
  await page.waitForSelector("#python-picker:not([hidden])");
  all.standIn.tellVersions(null);
  await editorReady(page);
  await action();
}

const COLOURS = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `\x1b[3${n}mink ${n}\x1b[0m \x1b[9${n}mbright ${n}\x1b[0m`).join(" ");

/** What has to be done to come to each view. */
const views = {
  first: (page) => editorReady(page),
  running: (page) => answer(page, [{ stdout: "soup: started\nbread: started\n" }], null),
  ok: async (page) => {
    await enterProgram(page, "from collections import Counter\n\nwords = 'the quick brown fox jumps over the lazy dog'.split()\n"
      + "for word, count in Counter(words).most_common(3):\n    print(f\"{word:<8}{'#' * count} {count}\")  # the most first\n");
    await answer(page, [{ stdout: "the     ## 2\nquick   # 1\nbrown   # 1\n" }], { duration_ms: 1.2, cpu_ms: 1 });
  },
  error: async (page) => {
    await enterProgram(page, "def mean(numbers):\n    return sum(numbers) / len(numbers)\n\nprint(mean([1, 2, 3]))\nprint(mean([]))\n");
    await answer(page, [{ stdout: "2.0\n" }, { stderr: TRACEBACK }], { status: "error", exit_code: 1 });
  },
  stopped: (page) => answer(page, [{ stdout: "tick\n".repeat(400) }],
    { status: "timeout", limit: "wall", exit_code: null, signal: "SIGKILL", duration_ms: 5001, denied: ["socket", "execve"],
      truncated: { stdout: true, stderr: false } }),
  colours: (page) => answer(page, [{ stdout: `${COLOURS}\n\x1b[1;42m bold on green \x1b[0m \x1b[7minverse\x1b[0m \x1b[2J\u202e\n` }], {}),
  plots: (page) => answer(page, [{ stdout: "drawn\n" }], {
    plots: [{ name: "figure-1.svg", mime: "image/svg+xml", content: Buffer.from(PLOT).toString("base64") }],
    files: [{ path: "waves.csv", content: Buffer.from("x,y\n1,2\n").toString("base64"), encoding: "base64" }],
  }),
  refused: async (page) => {
    await editorReady(page);
    all.standIn.answer((body, reply) => reply.send(413, { error: { code: "source_too_large", message: "too large" } }));
    await page.click("#run");
    await page.waitForSelector('#result[aria-busy="false"]');
  },
  selected: async (page) => {
    await enterProgram(page, "total = 0\nfor n in range(10):\n    total += n\n");
    await page.keyboard.down("Shift");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.up("Shift");
  },
  inputs: async (page) => {
    await editorReady(page);
    await page.click("#inputs summary");
    await page.type("#stdin", "one\ntwo\n");
    await page.type("#arguments", "--count 3");
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(2000)], "measurements.bin"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    await page.waitForSelector("#upload-list li");
  },
  files: async (page) => {
    await editorReady(page);
    for (const name of ["shapes.py", "tests/test_shapes.py"]) {
      await page.click("#add-file");
      await page.type("#file-name", name);
      await page.keyboard.press("Enter");
    }
  },
  name: async (page) => {
    await editorReady(page);
    await page.click("#add-file");
    await page.type("#file-name", "../x");
    await page.keyboard.press("Enter");
  },
  replaced: async (page) => {
    await enterProgram(page, "print('mine')\n");
    await page.click("#open-examples");
    await page.click("dialog .card:nth-child(2)");
  },
  examples: (page) => editorReady(page).then(() => page.click("#open-examples")),
  share: (page) => editorReady(page).then(() => page.click("#open-share")).then(() => page.waitForSelector("dialog")),
  picker: (page) => choosing(page, async () => {
    await page.select("#python", "data-science-2026");
    await answer(page, [{ stdout: "Python 3.11.2\n" }], ENDED);
  }),
  "picker-unknown": (page) => choosing(page, async () => {
    await page.evaluate((fragment) => (location.hash = fragment), fragmentOf("print('theirs')", { python: "3.99" }));
    await page.waitForSelector("#python-note:not(:empty)");
  }),
  api: (page) => editorReady(page).then(() => page.click("#open-api")),
};

const COMPLAINTS = /status of 413|ERR_ABORTED/;

testViews(all, views, { complaints: COMPLAINTS }, ["first", "error", "picker", "plots", "selected", "share", "files"]);
testViews(all, { embedded: (page) => answer(page, [{ stdout: "Hello\n" }], ENDED) }, { path: "/?embed=1" });
