// CodeEditor: CodeMirror as an editor of the page (plain.js says what every editor has). It lives in a shadow root, where its
// style sheets are objects and not elements: the page's content security policy allows no other.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  EditorView, drawSelection, dropCursor, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { look } from "./look.js";
import { stdlibCompletion } from "./stdlib.js";

const LEAVE = "Tab indents. Press Escape and then Tab to leave the editor.";

export class CodeEditor {
  #host;
  #view;
  #extensions;
  #states = new Map(); // by path, with what can be undone
  #path = "";
  #label = new Compartment();
  #dark = new Compartment();
  #darkness = matchMedia("(prefers-color-scheme: dark)");

  /** @param {HTMLElement} parent gets the editor's element */
  constructor(parent, onChange) {
    this.#host = document.createElement("div");
    this.#host.className = "code-editor";
    parent.append(this.#host);
    const root = this.#host.attachShadow({ mode: "open", delegatesFocus: true });
    this.#extensions = extensions(onChange, this.#label, this.#dark.of(EditorView.darkTheme.of(this.#darkness.matches)));
    this.#view = new EditorView({ state: this.#fresh(""), parent: root, root });
    this.#darkness.addEventListener("change", ({ matches }) => {
      this.#view.dispatch({ effects: this.#dark.reconfigure(EditorView.darkTheme.of(matches)) });
    });
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  /** Shows a file. One that was shown before with the same text has its history and cursor again. */
  open(path, text) {
    if (this.#path) {
      this.#states.set(this.#path, this.#view.state);
    }
    const known = this.#states.get(path);
    this.#view.setState(known?.doc.toString() === text ? known : this.#fresh(text));
    this.#path = path;
    this.#view.dispatch({ effects: [
      this.#label.reconfigure(EditorView.contentAttributes.of({
        "aria-label": `Program, ${path}`, "aria-description": LEAVE, tabindex: "0",
      })),
      this.#dark.reconfigure(EditorView.darkTheme.of(this.#darkness.matches)),
    ] });
  }

  forget(path) {
    this.#states.delete(path);
    if (path === this.#path) {
      this.#path = "";
    }
  }

  goTo(number) {
    const line = this.#view.state.doc.line(Math.min(Math.max(1, number), this.#view.state.doc.lines));
    this.#view.dispatch({
      selection: { anchor: line.from, head: line.to },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    this.#view.focus();
  }

  focus() {
    this.#view.focus();
  }

  /** Takes the place that another editor's cursor had. */
  set cursor({ focused, position }) {
    this.#view.dispatch({ selection: { anchor: Math.min(position, this.#view.state.doc.length) } });
    if (focused) {
      this.#view.focus();
    }
  }

  remove() {
    this.#view.destroy();
    this.#host.remove();
  }

  #fresh(doc) {
    return EditorState.create({ doc, extensions: this.#extensions });
  }
}

function extensions(onChange, label, dark) {
  return [
    lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(), dropCursor(),
    indentOnInput(), indentUnit.of("    "), EditorState.tabSize.of(4), bracketMatching(), closeBrackets(), autocompletion(),
    highlightActiveLine(), highlightSelectionMatches(), search({ top: true }), python(), stdlibCompletion, look, dark,
    label.of([]),
    // Ctrl+Enter runs the program: not a blank line here.
    keymap.of([
      ...closeBracketsKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"), ...searchKeymap, ...historyKeymap,
      ...completionKeymap, indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        onChange();
      }
    }),
  ];
}
