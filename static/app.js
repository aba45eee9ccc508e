// The page with JavaScript: runs the program without leaving the page, which also works without.

import { describeRefusal, describeRun, describeSilence } from "./outcome.js";

const form = document.getElementById("program");
const code = document.getElementById("code");
const button = document.getElementById("run");
const access = document.getElementById("access");
const token = document.getElementById("token");
const shortcut = document.getElementById("shortcut");
const result = document.getElementById("result");
const summary = document.getElementById("summary");
const stdout = document.getElementById("stdout");
const stderr = document.getElementById("stderr");

// The token, if one is demanded, is remembered as long as the tab lives.
const TOKEN_KEY = "token";

let running = false;

token.value = remembered();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});

const apple = /mac|iphone|ipad/i.test(navigator.platform);
shortcut.textContent = apple ? "⌘ Enter" : "Ctrl + Enter";
shortcut.hidden = false;
button.setAttribute("aria-keyshortcuts", apple ? "Meta+Enter" : "Control+Enter");

async function run() {
  if (running) {
    return;
  }
  if (!form.reportValidity()) {
    return;
  }
  busy(true);
  try {
    show(await evaluate(code.value));
  } finally {
    busy(false);
  }
  // On a small screen the result stands below the fold.
  result.scrollIntoView({ block: "nearest" });
}

/** Sends the program; returns what to show, whatever happens. */
async function evaluate(program) {
  let response, text;
  try {
    response = await fetch("/python", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...authorization() },
      body: JSON.stringify({ code: program }),
    });
    text = await response.text();
  } catch {
    return describeSilence();
  }
  remember(response.status);
  const body = parse(text);
  if (!response.ok || body === null) {
    return describeRefusal(response.status, body, response.headers.get("Retry-After"));
  }
  const backend = response.headers.get("X-Playground-Backend");
  return { ...describeRun(body, backend), stdout: body.stdout, stderr: body.stderr };
}

function authorization() {
  return access.disabled ? {} : { Authorization: `Bearer ${token.value.trim()}` };
}

// Storage may be forbidden by the browser; then the field has to be filled in after each reload.
function remembered() {
  try {
    return access.disabled ? "" : (sessionStorage.getItem(TOKEN_KEY) ?? "");
  } catch {
    return "";
  }
}

function remember(status) {
  if (access.disabled) {
    return;
  }
  try {
    if (status === 401) {
      sessionStorage.removeItem(TOKEN_KEY);
    } else {
      sessionStorage.setItem(TOKEN_KEY, token.value);
    }
  } catch {
    // See above.
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Only ever text: what a program prints is never markup.
function show(outcome) {
  summary.dataset.kind = outcome.kind;
  summary.textContent = outcome.text;
  stdout.textContent = outcome.stdout ?? "";
  stderr.textContent = outcome.stderr ?? "";
}

// The button stays focusable while it is busy: disabling it would throw the keyboard's focus away.
function busy(on) {
  running = on;
  result.setAttribute("aria-busy", String(on));
  button.setAttribute("aria-disabled", String(on));
  button.textContent = on ? "Running…" : "Run";
  if (on) {
    summary.dataset.kind = "running";
    summary.textContent = "Running…";
  }
}
