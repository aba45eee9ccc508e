// Run, and while something runs, Stop: one button, the same key.

import { asksToken, learnFrom, tokenToSend } from "./access.js";
import { byId } from "./elements.js";
import { requestBody } from "../program/program.js";
import { run } from "../run/runner.js";

const APPLE = /mac|iphone|ipad/i.test(navigator.platform);

export class RunButton {
  #program;
  #result;
  #onAnswer;
  #running = null; // an AbortController
  #unknown = new Set(); // fields that the backends do not know

  /**
   * @param {() => object} program what is to be run
   * @param {() => void} onAnswer the service has run one
   */
  constructor(program, result, onAnswer) {
    this.#program = program;
    this.#result = result;
    this.#onAnswer = onAnswer;
    byId("program").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#running) {
        this.#running.abort();
      } else {
        this.#run();
      }
    });
    // Before the editor, which has other plans for Enter.
    document.addEventListener("keydown", (event) => this.#pressed(event), true);
    byId("shortcut").textContent = APPLE ? "⌘ Enter" : "Ctrl + Enter";
    byId("run").setAttribute("aria-keyshortcuts", APPLE ? "Meta+Enter" : "Control+Enter");
  }

  #pressed(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      event.stopPropagation();
      if (!this.#running) {
        this.#run();
      }
    }
  }

  async #run() {
    // A field that is missing, which is the token, is shown by the browser itself.
    if (asksToken() && !byId("program").reportValidity()) {
      return;
    }
    const program = this.#program();
    let body;
    try {
      body = requestBody(program);
    } catch (error) {
      this.#result.say("failed", `Not run: ${error.message}.`);
      byId("inputs").open = true;
      byId("arguments").focus();
      return;
    }
    this.#busy(new AbortController());
    this.#result.begin(program.files.map(({ path }) => path));
    const outcome = await run(body, {
      output: (stream, text) => this.#result.output(stream, text),
      waiting: (text) => this.#result.say("running", text, text.replace(/ in \d+ s/, " soon")),
      started: () => this.#result.say("running", "Running…"),
    }, { signal: this.#running.signal, token: tokenToSend(), without: this.#unknown });
    this.#busy(null);
    this.#result.end(outcome);
    learnFrom(outcome.status);
    if (outcome.status === 200) {
      this.#onAnswer();
    }
    // On a small screen the result stands below the fold.
    byId("result").scrollIntoView({ block: "nearest" });
  }

  #busy(running) {
    this.#running = running;
    byId("run").dataset.running = String(running !== null);
    byId("run-label").textContent = running ? "Stop" : "Run";
  }
}
