// Picker: which Python runs the program, where there are several. Without an answer to which there are nothing is shown, and a
// program that names one is sent as it is: the backend judges the name.

import { chosen, readVersions } from "../program/interpreters.js";
import { asksToken, tokenToSend } from "./access.js";
import { byId, make } from "./elements.js";

export class Picker {
  #python = ""; // a name; empty: the default
  #known = null;
  #asked = false;

  /** @param {() => void} onChange another one was chosen */
  constructor(onChange) {
    byId("python").addEventListener("change", ({ target }) => {
      this.#python = target.value === this.#known.usual ? "" : target.value;
      byId("python-note").textContent = "";
      onChange();
    });
  }

  /** What a program has of it: {python}, or nothing where it is the default. */
  get values() {
    return this.#python === "" ? {} : { python: this.#python };
  }

  load({ python = "" }) {
    this.#python = python;
    this.#show();
  }

  /** Asks the service which there are, once; where it wants a token, as soon as there is a good one. */
  async ask() {
    const token = tokenToSend();
    if (this.#asked || (asksToken() && !token)) {
      return;
    }
    this.#asked = true;
    try {
      const response = await fetch("/py/versions", { headers: token ? { Authorization: `Bearer ${token}` } : {} });
      this.#asked = response.status !== 401;
      this.#known = response.ok ? readVersions(await response.json()) : null;
    } catch {
      // Not there, or no JSON: nothing is shown.
    }
    this.#fill();
    this.#show();
  }

  #fill() {
    const choices = this.#known?.choices ?? [];
    byId("python").replaceChildren(...choices.map(({ name, text }) => make("option", { value: name, textContent: text })));
    byId("python-picker").hidden = choices.length < 2;
    byId("python-version").textContent = choices.length === 1 ? `Python ${choices[0].text}` : "";
  }

  #show() {
    if (!this.#known) {
      return;
    }
    const { python, note } = chosen(this.#known, this.#python);
    this.#python = python;
    byId("python").value = python || this.#known.usual;
    byId("python-note").textContent = note;
  }
}
