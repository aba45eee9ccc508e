// Result: the page's right side. Output as it comes, then how the program ended, what was measured, what it made.

import { shorten } from "../output/links.js";
import { Log } from "../output/log.js";
import { Screen } from "../output/screen.js";
import { View } from "../output/view.js";
import { download } from "../share/download.js";
import { byId, make } from "./elements.js";
import { showFigures, showFiles } from "./products.js";

export class Result {
  #view;
  #screen = new Screen();
  #log = new Log();

  /** @param {(path: string, line: number) => void} onPlace a place in the program that was chosen in a traceback */
  constructor(onPlace) {
    this.#view = new View(byId("output"), onPlace);
    byId("copy-output").addEventListener("click", () => this.#copy());
    byId("save-output").addEventListener("click", () => download("output.txt", this.#log.blob()));
  }

  /** Shows what the server has put into the page for browsers without JavaScript. */
  adopt(paths) {
    this.#clear(paths);
    this.output("stdout", byId("stdout").textContent);
    this.output("stderr", byId("stderr").textContent);
    this.#screen.end();
  }

  /** @param {string[]} paths the program's files */
  begin(paths) {
    this.#clear(paths);
    byId("result").setAttribute("aria-busy", "true");
    if (document.documentElement.dataset.view === "first") {
      document.documentElement.dataset.view = "ran";
    }
    this.say("running", "Running…");
    this.#fill([], []);
    this.#offer();
    showFigures(byId("figures"), []);
    showFiles(byId("left-files"), []);
  }

  output(stream, text) {
    this.#screen.write(stream, text);
    this.#log.write(text);
    this.#view.update();
    this.#offer();
  }

  /** Shows how it stands. Those who listen hear `heard`, once. */
  say(kind, text, heard = text) {
    byId("summary").dataset.kind = kind;
    byId("summary").textContent = text;
    if (byId("announcement").textContent !== heard) {
      byId("announcement").textContent = heard;
    }
  }

  end({ kind, text, notes, facts = [], figures = [], files = [] }) {
    this.#screen.end();
    this.#view.update();
    // One sentence to be heard: the output itself is there to be read.
    this.say(kind, text, [text, this.#lines(), figures.length > 0 && `Figures: ${figures.length}.`, ...notes].filter(Boolean).join(" "));
    this.#fill(facts, [...notes, ...this.#gone()]);
    showFigures(byId("figures"), figures);
    showFiles(byId("left-files"), files);
    byId("result").setAttribute("aria-busy", "false");
  }

  resize() {
    this.#view.update();
  }

  #clear(paths) {
    this.#screen = new Screen({}, (line) => shorten(line, paths));
    this.#log = new Log();
    this.#view.show(this.#screen, () => paths);
  }

  #fill(facts, notes) {
    byId("facts").replaceChildren(...facts.map(([name, value]) => make("div", {},
      make("dt", { textContent: name }), make("dd", { textContent: value }))));
    byId("facts").hidden = facts.length === 0;
    byId("notes").replaceChildren(...notes.map((note) => make("li", { textContent: note })));
    byId("notes").hidden = notes.length === 0;
  }

  #gone() {
    const { dropped } = this.#screen;
    return dropped > 0 ? [`The first ${dropped.toLocaleString("en")} lines are not shown; “Save” has all of them.`] : [];
  }

  #lines() {
    const { count } = this.#screen;
    return this.#screen.empty ? "No output." : `${count.toLocaleString("en")} ${count === 1 ? "line" : "lines"} of output.`;
  }

  #offer() {
    byId("output").dataset.empty = String(this.#screen.empty);
    byId("copy-output").hidden = this.#screen.empty;
    byId("save-output").hidden = this.#screen.empty;
  }

  async #copy() {
    const button = byId("copy-output");
    try {
      await navigator.clipboard.writeText(await this.#log.blob().text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  }
}
