// The page with JavaScript: what is where, and who hears of what. Without JavaScript the form does the same, with less.

import { actAsFrame } from "./embed/frame.js";
import { PlainEditor } from "./editor/plain.js";
import { asksToken, recallToken, tokenToSend } from "./parts/access.js";
import { openApiDialog } from "./parts/api_dialog.js";
import { byId } from "./parts/elements.js";
import { openExamplesDialog } from "./parts/examples_dialog.js";
import { Inputs } from "./parts/inputs.js";
import { hideNotice, showNotice } from "./parts/notice.js";
import { Picker } from "./parts/picker.js";
import { Result } from "./parts/result.js";
import { RunButton } from "./parts/run_button.js";
import { openShareDialog } from "./parts/share_dialog.js";
import { Tabs } from "./parts/tabs.js";
import { offerTextSizes } from "./parts/text_size.js";
import { Keeper } from "./program/keeper.js";
import { newProgram, sameProgram } from "./program/program.js";
import { Workspace } from "./program/workspace.js";
import { decodeProgram } from "./share/codec.js";
import { download } from "./share/download.js";

const KEEP_AFTER_MS = 300;
const LONGEST_BUSY_MS = 1000;

const embedded = document.documentElement.dataset.view === "embedded";
document.documentElement.dataset.script = "on";

// A frame on somebody's page is not the place where the user's own program lives.
const keeper = new Keeper(embedded ? () => null : () => localStorage);
const workspace = new Workspace(new PlainEditor(byId("code"), changed), () => {
  tabs.update();
  changed();
});
let keeping = 0;
const inputs = new Inputs(workspace, changed);
const picker = new Picker(changed);
const result = new Result((path, line) => workspace.goTo(path, line));
const tabs = new Tabs(workspace);
// The page's own program; that something else stands there already is its user's doing.
const first = { ...program(), files: newProgram(byId("code").defaultValue).files };
const typed = !sameProgram(program(), first);
new RunButton(program, result, askVersions);

recallToken();
const mayAsk = !asksToken() || tokenToSend() !== "";
offerTextSizes((change) => {
  workspace.editor.resize(change);
  result.resize();
});
await begin();
offerTools();
tellOfTheConnection();
if (embedded) {
  actAsFrame(program);
}
// Not with a token that is just being typed: where none is known yet a run asks.
if (mayAsk) {
  whenIdle(askVersions);
}
const { CodeEditor } = await import("./editor/editor.js");
workspace.use(new CodeEditor(byId("editor"), changed));
document.documentElement.dataset.editor = "ready";

/** What would be run now. */
function program() {
  return { files: workspace.files, ...inputs.values, ...picker.values };
}

function load(next) {
  workspace.load(next.files);
  inputs.load(next);
  picker.load(next);
}

// What is in the address goes before what was typed before we came, and that before what was here last time, which can be had
// again.
async function begin() {
  const kept = keeper.program;
  inputs.load(inputs.values);
  if (document.documentElement.dataset.view === "ran") {
    // The form was sent without us: the page holds what its user typed, and what came of it.
    result.adopt(workspace.paths);
  } else if (!(await openLink(typed ? program() : kept ?? first))) {
    recall(kept);
  }
  addEventListener("hashchange", () => openLink(program()));
}

function recall(kept) {
  if (typed) {
    replace(program(), kept ?? first, "Your last program was replaced.");
  } else if (kept) {
    load(kept);
    if (keeper.replaced) {
      offerUndo("Your last program was replaced.", keeper.replaced);
    }
  }
}

/** Whether there is a program in the address; then it is here, in the place of `before`. */
async function openLink(before) {
  const shared = await decodeProgram(location.hash);
  if (shared) {
    replace(shared, before, "This program came with the link.");
    history.replaceState(null, "", location.pathname + location.search);
  } else if (location.hash.startsWith("#p")) {
    showNotice("The link is damaged: there is no program in it.");
  }
  return shared !== null;
}

function replace(next, before, text) {
  load(next);
  if (!embedded && !sameProgram(before, next) && !sameProgram(before, first)) {
    keeper.keepReplaced(before);
    offerUndo(text, before);
  } else {
    keeper.keepReplaced(null);
    hideNotice();
  }
  keeper.keep(next);
}

function offerUndo(text, before) {
  showNotice(text, {
    label: "Bring mine back",
    act: () => {
      load(before);
      keeper.keep(before);
      keeper.keepReplaced(null);
    },
  });
}

function changed() {
  clearTimeout(keeping);
  keeping = setTimeout(() => keeper.keep(program()), KEEP_AFTER_MS);
}

function offerTools() {
  byId("open-examples").addEventListener("click", () => openExamplesDialog((next, name) => {
    replace({ ...next, ...picker.values }, program(), `The example “${name}” is open.`);
    workspace.editor.focus();
  }));
  byId("open-share").addEventListener("click", () => openShareDialog(program()));
  byId("open-api").addEventListener("click", () => openApiDialog(program()));
  byId("download").addEventListener("click", () => {
    const { path, text } = workspace.files.find((file) => file.path === workspace.active);
    download(path.split("/").at(-1), new Blob([text], { type: "text/x-python" }));
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    workspace.editor.focus();
  });
  // What was typed in the last moments before the page goes.
  addEventListener("pagehide", () => keeper.keep(program()));
}

// A frame shows none to choose from: it asks only where its program wants one that may not be here.
function askVersions() {
  if (!embedded || picker.values.python) {
    picker.ask();
  }
}

// A frame that is out of sight, or where nothing moves, may never be told that it is idle.
function whenIdle(act) {
  globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: LONGEST_BUSY_MS }) : setTimeout(act);
}

function tellOfTheConnection() {
  addEventListener("offline", () => showNotice("You are offline. Programs run again when the connection is back."));
  addEventListener("online", hideNotice);
}
