// Each view of the page without JavaScript, as views.test.js has those with it.

import { after, before } from "node:test";
import { enterPlainly } from "./browser.js";
import { surroundings } from "./pages.js";
import { startServer } from "./server.js";
import { testViews } from "./views.js";

const all = surroundings();
const servers = {};

const SETTINGS = {
  busy: { PLAYGROUND_MAX_RUNNING: "1", PLAYGROUND_QUEUE_SIZE: "0", PLAYGROUND_TIMEOUT_MS: "600000" },
  // The second program of an hour is one too many.
  sparing: { PLAYGROUND_RATE_LIMIT: "1/h" },
  guarded: { PLAYGROUND_UI_TOKENS: "open-sesame" },
};
const client = new AbortController();

before(async () => {
  for (const [name, settings] of Object.entries(SETTINGS)) {
    servers[name] = await startServer(settings);
  }
  const send = (server, code) => fetch(`${server.url}python`, {
    method: "POST", signal: client.signal, body: JSON.stringify({ code }),
    headers: { "Content-Type": "application/json", Accept: "application/x-ndjson" },
  });
  // Its one program has begun, and does not end.
  const { body } = await send(servers.busy, "import time\nprint('begun', flush=True)\ntime.sleep(600)");
  await body.getReader().read();
  await (await send(servers.sparing, "pass")).text();
});

after(async () => {
  client.abort();
  for (const server of Object.values(servers)) {
    await server.stop();
  }
});

const submit = (page) => Promise.all([page.waitForNavigation(), page.click("#run")]);

async function send(page, program) {
  await enterPlainly(page, program);
  await submit(page);
}

const views = {
  "plain-first": () => Promise.resolve(),
  "plain-inputs": (page) => page.click("#inputs summary"),
  "plain-error": (page) => send(page, "print('by form')\nprint(1 / 0)"),
  "plain-silent": (page) => send(page, "pass"),
  "plain-long": (page) => send(page, "import sys\nprint('wide ' * 60)\nprint('tall\\n' * 200)\nprint('too ' * 60, file=sys.stderr)\nsys.exit(2)"),
  "plain-mistake": async (page) => {
    await page.click("#inputs summary");
    await page.type("#arguments", "'open");
    await submit(page);
  },
  "plain-busy": (page) => page.goto(servers.busy.url).then(() => submit(page)),
  "plain-sparing": (page) => page.goto(servers.sparing.url).then(() => submit(page)),
  "plain-refused": async (page) => {
    await page.goto(servers.guarded.url);
    await page.type("#token", "wrong");
    await submit(page);
  },
};

const OPTIONS = { javaScript: false, complaints: /editor-\w+\.js: undefined|status of (400|401|429|503)/ };
testViews(all, views, OPTIONS, ["plain-error"]);
