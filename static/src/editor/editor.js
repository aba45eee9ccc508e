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
  #root;
  #view = null; // made for the first file: an editor of nothing first would double the work
  #onChange;
  #states = new Map(); // by path, with what can be undone
  #path = "";
  #dark = new Compartment();
  #size = new Compartment();
  #darkness = matchMedia("(prefers-color-scheme: dark)");

  /** @param {HTMLElement} parent gets the editor's element */
  constructor(parent, onChange) {
    this.#host = document.createElement("div");
    this.#host.className = "code-editor";
    parent.append(this.#host);
    this.#root = this.#host.attachShadow({ mode: "open", delegatesFocus: true });
    this.#onChange = onChange;
    this.#darkness.addEventListener("change", () => this.#followDarkness());
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  /**
   * Shows a file. One that was shown before with the same text has its history and cursor again.
   * @param {{start: number, end: number}} selected in a file that is new here
   */
  open(path, text, selected = { start: 0, end: 0 }) {
    if (this.#path) {
      this.#states.set(this.#path, this.#view.state);
    }
    const known = this.#states.get(path);
    const state = known?.doc.toString() === text ? known : this.#fresh(path, text, selected);
    this.#path = path;
    if (this.#view) {
      this.#view.setState(state);
      this.#followDarkness();
    } else {
      const scrollTo = EditorView.scrollIntoView(state.selection.main.head);
      this.#view = new EditorView({ state, parent: this.#root, root: this.#root, scrollTo });
    }
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

  resize(change) {
    const place = this.#view.scrollSnapshot();
    change();
    // Only asked to measure, it looks at its lines if all of them together have another height, and a short program has that of
    // the pane at any size. With another theme it looks at them.
    this.#view.dispatch({ effects: [place, this.#size.reconfigure(EditorView.theme({}))] });
  }

  remove() {
    this.#view.destroy();
    this.#host.remove();
  }

  #fresh(path, doc, { start, end }) {
    const attributes = { "aria-label": `Program, ${path}`, "aria-description": LEAVE, tabindex: "0" };
    const within = (position) => Math.min(position, doc.length);
    return EditorState.create({
      doc,
      selection: { anchor: within(start), head: within(end) },
      extensions: [
        extensions(this.#onChange), this.#dark.of(EditorView.darkTheme.of(this.#darkness.matches)),
        this.#size.of([]), EditorView.contentAttributes.of(attributes),
      ],
    });
  }

  // A state that was put away may be of the time before.
  #followDarkness() {
    if (this.#view && this.#view.state.facet(EditorView.darkTheme) !== this.#darkness.matches) {
      this.#view.dispatch({ effects: this.#dark.reconfigure(EditorView.darkTheme.of(this.#darkness.matches)) });
    }
  }
}

function extensions(onChange) {
  return [
    lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(), dropCursor(),
    indentOnInput(), indentUnit.of("    "), EditorState.tabSize.of(4), bracketMatching(), closeBrackets(), autocompletion(),
    highlightActiveLine(), highlightSelectionMatches(), search({ top: true }), python(), stdlibCompletion, look,
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
