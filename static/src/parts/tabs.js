// The program's files as tabs, and the buttons that make, rename and delete them (WAI-ARIA APG, "Tabs", chosen at once).

import { MAIN, objection } from "../program/program.js";
import { openDialog } from "./dialog.js";
import { byId, make, quietButton } from "./elements.js";
import { showNotice } from "./notice.js";

const KEYS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

export class Tabs {
  #workspace;
  #list = byId("tabs");

  constructor(workspace) {
    this.#workspace = workspace;
    this.#list.addEventListener("keydown", (event) => this.#pressed(event));
    byId("add-file").addEventListener("click", () => this.#ask("New file", "", (path) => workspace.add(path)));
    byId("rename-file").addEventListener("click", () => {
      const path = workspace.active;
      this.#ask(`Rename ${path}`, path, (name) => workspace.rename(path, name));
    });
    byId("remove-file").addEventListener("click", () => this.#remove());
    byId("editor").setAttribute("role", "tabpanel");
    byId("editor").setAttribute("aria-labelledby", "tab-active");
    this.update();
  }

  update() {
    const { paths, active } = this.#workspace;
    const focused = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...paths.map((path) => make("button", {
      type: "button",
      textContent: path,
      id: path === active ? "tab-active" : "",
      tabIndex: path === active ? 0 : -1,
      attributes: { role: "tab", "aria-selected": String(path === active), "aria-controls": "editor" },
      on: { click: () => this.#workspace.select(path) },
    })));
    byId("rename-file").hidden = active === MAIN;
    byId("remove-file").hidden = active === MAIN;
    const tab = byId("tab-active");
    // One alone is in sight: nothing has to be measured for it while the page opens.
    if (paths.length > 1) {
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (focused) {
      tab.focus();
    }
  }

  #pressed(event) {
    const step = KEYS[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    const { paths, active } = this.#workspace;
    const last = paths.length - 1;
    this.#workspace.select(paths[Math.max(0, Math.min(last, paths.indexOf(active) + step))]);
  }

  #remove() {
    const path = this.#workspace.active;
    const { text } = this.#workspace.files.find((file) => file.path === path);
    this.#workspace.remove(path);
    showNotice(`${path} is deleted.`, { label: "Undo", act: () => this.#workspace.add(path, text) });
  }

  #ask(title, value, done) {
    const hint = make("p", { id: "name-hint", className: "hint", attributes: { role: "status" } });
    const field = make("input", {
      id: "file-name", value, placeholder: "shapes.py", spellcheck: false, autocomplete: "off",
      attributes: { "aria-describedby": hint.id, autocapitalize: "off" },
    });
    const form = make("form", {
      method: "dialog",
      on: {
        submit: (event) => {
          const path = field.value.trim();
          const problem = objection(path, this.#workspace.paths.filter((one) => one !== value));
          if (problem) {
            event.preventDefault();
            hint.textContent = problem;
            field.focus();
          } else {
            dialog.addEventListener("close", () => this.#workspace.editor.focus());
            if (path !== value) {
              done(path);
            }
          }
        },
      },
    }, make("label", { htmlFor: field.id, textContent: "Name" }), field, hint,
      make("div", { className: "actions" }, make("button", { type: "submit", textContent: "OK" }),
        quietButton("Cancel", () => dialog.close())));
    const dialog = openDialog(title, form);
    field.focus();
    field.select();
  }
}
