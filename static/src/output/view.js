// View: a window on the rows of a screen. Only the rows in sight are in the document, so that a million of them cost no more
// than a hundred. A short output is there as a whole, for the browser's own search and selection.

import { findPlaces } from "./links.js";
import { renderRow } from "./row.js";
import { Rows } from "./rows.js";

// Up to here all rows are in the document.
const ALL = 500;
// Rows above and below the ones in sight.
const MARGIN = 30;
const MIN_COLUMNS = 20;

export class View {
  #region;
  #space;
  #probe;
  #screen = null;
  #rows = null;
  #paths = () => [];
  #nodes = new Map();
  #asked = false;
  #atEnd = true;
  #rowHeight = 20;
  #shown = "";

  /** @param {HTMLElement} region scrolls; its font has a fixed width */
  constructor(region, onPlace) {
    this.#region = region;
    this.#space = region.ownerDocument.createElement("div");
    this.#space.className = "rows";
    this.#probe = region.ownerDocument.createElement("span");
    this.#probe.className = "probe";
    this.#probe.textContent = "0".repeat(100);
    this.#probe.setAttribute("aria-hidden", "true");
    region.replaceChildren(this.#probe, this.#space);
    region.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    region.addEventListener("click", (event) => this.#clicked(event, onPlace));
    region.addEventListener("copy", (event) => this.#copied(event));
    new ResizeObserver(() => this.update()).observe(region);
  }

  /** Shows another screen, from its beginning on. `paths` tells the program's files, which tracebacks name. */
  show(screen, paths) {
    this.#screen = screen;
    this.#rows = new Rows(screen);
    this.#paths = paths;
    this.#atEnd = true;
    this.#clear();
    this.update();
  }

  /** The screen has changed: before the next frame its rows will be right. */
  update() {
    if (!this.#asked && this.#screen) {
      this.#asked = true;
      requestAnimationFrame(() => {
        this.#asked = false;
        this.#render();
      });
    }
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#region;
    this.#atEnd = scrollTop + clientHeight >= scrollHeight - this.#rowHeight;
    this.update();
  }

  #render() {
    this.#measure();
    const count = this.#rows.count();
    const state = `${this.#rows.columns} ${this.#screen.gone}`;
    if (state !== this.#shown) {
      this.#clear();
      this.#shown = state;
    }
    this.#space.style.height = `${count * this.#rowHeight}px`;
    if (this.#atEnd) {
      this.#region.scrollTop = this.#region.scrollHeight;
    }
    this.#fill(...this.#range(count));
  }

  #range(count) {
    if (count <= ALL) {
      return [0, count];
    }
    const first = Math.floor(this.#region.scrollTop / this.#rowHeight) - MARGIN;
    const last = Math.ceil((this.#region.scrollTop + this.#region.clientHeight) / this.#rowHeight) + MARGIN;
    return [Math.max(0, first), Math.min(count, last)];
  }

  // Rows that stay keep their elements, and so the focus and the selection; those of the last line may have changed.
  #fill(first, last) {
    const lastLine = this.#screen.lines.length - 1;
    for (const [row, node] of this.#nodes) {
      if (row < first || row >= last || node.unfinished) {
        node.element.remove();
        this.#nodes.delete(row);
      }
    }
    let before = null;
    for (let row = last - 1; row >= first; row--) {
      if (!this.#nodes.has(row)) {
        const part = this.#rows.at(row);
        const element = renderRow(this.#region.ownerDocument, part, findPlaces(part.line.text, this.#paths()));
        element.style.top = `${row * this.#rowHeight}px`;
        this.#space.insertBefore(element, before);
        this.#nodes.set(row, { element, unfinished: part.index === lastLine });
      }
      before = this.#nodes.get(row).element;
    }
  }

  #measure() {
    const style = getComputedStyle(this.#region);
    const width = this.#region.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const character = this.#probe.getBoundingClientRect().width / 100;
    const height = parseFloat(getComputedStyle(this.#probe).lineHeight);
    if (height !== this.#rowHeight) {
      this.#rowHeight = height;
      this.#clear();
    }
    this.#rows.columns = Math.max(MIN_COLUMNS, Math.floor(width / character) || MIN_COLUMNS);
  }

  #clear() {
    this.#nodes.clear();
    this.#space.replaceChildren();
  }

  #clicked(event, onPlace) {
    const link = event.target.closest?.("[data-line]");
    if (link) {
      onPlace(link.dataset.path, Number(link.dataset.line));
    }
  }

  // A line that was broken for the width is one line in the clipboard.
  #copied(event) {
    const selection = this.#region.ownerDocument.getSelection();
    if (!selection || selection.isCollapsed) {
      return;
    }
    const range = selection.getRangeAt(0);
    let text = "";
    for (const row of this.#space.children) {
      if (range.intersectsNode(row)) {
        const part = row.ownerDocument.createRange();
        part.selectNodeContents(row);
        if (row.contains(range.startContainer)) {
          part.setStart(range.startContainer, range.startOffset);
        }
        if (row.contains(range.endContainer)) {
          part.setEnd(range.endContainer, range.endOffset);
        }
        text += (text !== "" && !row.dataset.broken ? "\n" : "") + part.toString();
      }
    }
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  }
}
