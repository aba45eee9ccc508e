// Figures that matplotlib draws, from the program to the file that is saved.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { enterProgram, run } from "./browser.js";
import { onPage, surroundings } from "./pages.js";

const drawn = spawnSync("/usr/bin/python3", ["-c", "import matplotlib"]).status === 0;

const PROGRAM = `import matplotlib.pyplot as plt

plt.figure(figsize=(4, 2), dpi=100)
plt.plot([1, 4, 9])
print("drawn")
`;

if (drawn) {
  // The first import builds a cache of fonts, which takes seconds.
  const all = surroundings({ settings: {
    PLAYGROUND_PRELOAD: "matplotlib.pyplot", PLAYGROUND_POOL_SIZE: "2", PLAYGROUND_TIMEOUT_MS: "60000", PLAYGROUND_MEMORY_MB: "512",
  } });

  onPage(all, "a figure is shown below the output, and can be saved", async (page) => {
    await enterProgram(page, PROGRAM);
    const seen = await run(page, () => page.click("#run"));
    assert.deepEqual([seen.output, seen.notes], ["drawn\n", []]);
    await page.waitForFunction(() => document.querySelector("#figures img")?.complete);
    const figure = await page.evaluate(() => {
      const image = document.querySelector("#figures img");
      const [above, below] = ["output", "figures"].map((id) => document.getElementById(id).getBoundingClientRect());
      return { size: [image.naturalWidth, image.naturalHeight], name: image.alt, isBelow: below.top >= above.bottom, count: document.images.length };
    });
    assert.deepEqual(figure, { size: [400, 200], name: "Figure 1: figure-1.png", isBelow: true, count: 1 });
    const [name, picture] = await save(page);
    assert.equal(name, "figure-1.png");
    assert.equal(picture.toString("latin1", 0, 8), "\x89PNG\r\n\x1a\n");
    assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [400, 200]);
  });
} else {
  test("a figure is shown below the output, and can be saved", { skip: "matplotlib is not installed" }, () => {});
}

/** Presses Save; returns the file's name and content. */
async function save(page) {
  const downloadPath = await mkdtemp(path.join(os.tmpdir(), "playground-saved-"));
  const client = await page.browser().target().createCDPSession();
  try {
    const browserContextId = page.browserContext().id;
    await client.send("Browser.setDownloadBehavior", { behavior: "allow", browserContextId, downloadPath, eventsEnabled: true });
    const saved = new Promise((resolve) => client.on("Browser.downloadProgress", ({ state }) => state === "completed" && resolve()));
    await page.click("#figures button");
    await saved;
    const [name] = await readdir(downloadPath);
    return [name, await readFile(path.join(downloadPath, name))];
  } finally {
    await client.detach();
    await rm(downloadPath, { recursive: true });
  }
}
