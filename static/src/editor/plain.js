// PlainEditor: the text area that the page comes with, as an editor: until the other one is there, and where it can't be had.
//
// Every editor has: open(path, text, selected), forget(path), text, goTo(line), focus(), resize(change), which does what changes the
// size of its text, remove(), and calls onChange when the user types.

export class PlainEditor {
  #field;
  #onChange;

  /** @param {HTMLTextAreaElement} field */
  constructor(field, onChange) {
    this.#field = field;
    this.#onChange = () => onChange();
    field.addEventListener("input", this.#onChange);
  }

  get text() {
    return this.#field.value;
  }

  open(path, text) {
    this.#field.value = text;
    this.#field.setAttribute("aria-label", `Program, ${path}`);
  }

  forget() {}

  /** Selects a line, counted from 1. */
  goTo(line) {
    const lines = this.#field.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.#field.focus();
    this.#field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  }

  focus() {
    this.#field.focus();
  }

  resize(change) {
    change();
  }

  get focused() {
    return document.activeElement === this.#field;
  }

  /** What is selected, for the editor that takes its place; of no length: where the cursor is. */
  get selected() {
    return { start: this.#field.selectionStart, end: this.#field.selectionEnd };
  }

  remove() {
    this.#field.removeEventListener("input", this.#onChange);
    this.#field.hidden = true;
  }
}
