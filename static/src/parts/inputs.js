// What a program is given: standard input, arguments, files beside it.

import { fromBase64, toBase64 } from "../share/codec.js";
import { objection } from "../program/program.js";
import { byId, make, quietButton } from "./elements.js";
import { showNotice } from "./notice.js";

// All files together; a request is larger by a third, and a server takes 16 MB.
const MAX_BYTES = 10 << 20;

export class Inputs {
  #workspace;
  #onChange;
  #uploads = [];

  constructor(workspace, onChange) {
    this.#workspace = workspace;
    this.#onChange = onChange;
    for (const id of ["stdin", "arguments"]) {
      byId(id).addEventListener("input", () => this.#changed());
    }
    byId("upload").addEventListener("change", async (event) => {
      await this.take([...event.target.files]);
      event.target.value = "";
    });
    this.#acceptDrops();
  }

  get values() {
    return { stdin: byId("stdin").value, arguments: byId("arguments").value, uploads: this.#uploads };
  }

  load({ stdin, arguments: line, uploads }) {
    byId("stdin").value = stdin;
    byId("arguments").value = line;
    this.#uploads = uploads;
    byId("inputs").open = stdin !== "" || line !== "" || uploads.length > 0;
    this.#show();
  }

  /** Modules become files of the program, anything else lies beside it. @param {File[]} files */
  async take(files) {
    const refused = [];
    for (const file of files) {
      const problem = await this.#takeOne(file);
      if (problem) {
        refused.push(`${file.name}: ${problem}`);
      }
    }
    if (refused.length > 0) {
      showNotice(refused.join(" "));
    }
    this.#changed();
  }

  async #takeOne(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const others = this.#uploads.filter(({ path }) => path !== file.name);
    const used = others.reduce((sum, { content }) => sum + content.length * 0.75, 0);
    if (used + bytes.length > MAX_BYTES) {
      return `too large, ${MAX_BYTES >> 20} MB is the most for all files together.`;
    }
    const text = file.name.endsWith(".py") ? asText(bytes) : null;
    if (text !== null && this.#workspace.paths.includes(file.name)) {
      return "there is such a file already.";
    }
    const problem = objection(file.name, this.#workspace.paths);
    if (problem) {
      return problem;
    }
    if (text !== null) {
      this.#workspace.add(file.name, text);
    } else {
      this.#uploads = [...others, { path: file.name, content: toBase64(bytes) }];
      byId("inputs").open = true;
    }
    return null;
  }

  #acceptDrops() {
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    // Before the editor, which would put a file's text where it was dropped.
    document.addEventListener("dragover", (event) => {
      if (carriesFiles(event)) {
        event.preventDefault();
        document.documentElement.dataset.dropping = "yes";
      }
    }, true);
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) {
        delete document.documentElement.dataset.dropping;
      }
    });
    document.addEventListener("drop", (event) => {
      if (carriesFiles(event)) {
        event.preventDefault();
        event.stopPropagation();
        delete document.documentElement.dataset.dropping;
        this.take([...event.dataTransfer.files]);
      }
    }, true);
  }

  #changed() {
    this.#show();
    this.#onChange();
  }

  #show() {
    byId("upload-list").replaceChildren(...this.#uploads.map(({ path, content }) => make("li", {},
      make("code", { textContent: path }),
      make("span", { className: "hint", textContent: sizeInWords(fromBase64(content).length) }),
      quietButton("×", () => {
        this.#uploads = this.#uploads.filter((one) => one.path !== path);
        this.#changed();
      }, { className: "quiet icon", attributes: { "aria-label": `Remove ${path}` } }))));
    const given = [
      byId("stdin").value !== "" && "input",
      byId("arguments").value.trim() !== "" && "arguments",
      this.#uploads.length > 0 && `${this.#uploads.length} ${this.#uploads.length === 1 ? "file" : "files"}`,
    ].filter(Boolean);
    byId("inputs-note").textContent = given.length > 0 ? given.join(", ") : "none";
  }
}

/** "12 B", "3.4 KB", "5.6 MB". */
export function sizeInWords(bytes) {
  if (bytes < 1024) {
    return `${bytes} B`;
  }
  return bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
}

// Null where it is no UTF-8.
function asText(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
