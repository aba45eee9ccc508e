// Workspace: the program's files, one of them in the editor. Tells its listener when there are others, or another one is shown.

import { MAIN } from "./program.js";

export class Workspace {
  #editor;
  #onFiles;
  #files;
  #active = MAIN;

  /** @param {() => void} onFiles */
  constructor(editor, onFiles) {
    this.#editor = editor;
    this.#onFiles = onFiles;
    this.#files = [{ path: MAIN, text: editor.text }];
  }

  /** @returns {{path: string, text: string}[]} as they are now */
  get files() {
    this.#keep();
    return this.#files.map((file) => ({ ...file }));
  }

  get paths() {
    return this.#files.map(({ path }) => path);
  }

  get active() {
    return this.#active;
  }

  get editor() {
    return this.#editor;
  }

  /** Another program's files take the place of all. */
  load(files) {
    for (const { path } of this.#files) {
      this.#editor.forget(path);
    }
    this.#files = files.map((file) => ({ ...file }));
    this.#show(this.#files[0].path);
  }

  /** The editor that is to be used from now on: with what was typed until now, the cursor and the focus where they were. */
  use(editor) {
    const { focused, selected } = this.#editor;
    this.#keep();
    this.#editor.remove();
    this.#editor = editor;
    this.#editor.open(this.#active, this.#file(this.#active).text, focused ? selected : undefined);
    if (focused) {
      this.#editor.focus();
    }
  }

  select(path) {
    this.#keep();
    this.#show(path);
  }

  add(path, text = "") {
    this.#keep();
    this.#files.push({ path, text });
    this.#show(path);
  }

  rename(path, name) {
    this.#keep();
    this.#editor.forget(path);
    this.#file(path).path = name;
    this.#show(name);
  }

  /** main.py stays. */
  remove(path) {
    this.#keep();
    this.#editor.forget(path);
    const at = this.#files.findIndex((file) => file.path === path);
    this.#files.splice(at, 1);
    this.#show(this.#files[Math.min(at, this.#files.length - 1)].path);
  }

  goTo(path, line) {
    if (path !== this.#active) {
      this.select(path);
    }
    this.#editor.goTo(line);
  }

  #show(path) {
    this.#active = path;
    this.#editor.open(path, this.#file(path).text);
    this.#onFiles();
  }

  // What is in the editor is newer than what is here.
  #keep() {
    this.#file(this.#active).text = this.#editor.text;
  }

  #file(path) {
    return this.#files.find((file) => file.path === path);
  }
}
