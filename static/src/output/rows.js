// Rows: where lines break on a screen of so many columns, and which row is which part of which line. No page needed.

const NARROW = /^[\x20-\x7e]*$/;
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /\p{M}|\u200c|\u200d/u;

/** How many columns a character takes in a font of fixed width. */
export function widthOf(character) {
  if (NONE.test(character)) {
    return 0;
  }
  return WIDE.test(character) ? 2 : 1;
}

/** Where the rows of `text` begin: [0, …]. */
export function breaks(text, columns) {
  const starts = [0];
  if (NARROW.test(text)) {
    for (let at = columns; at < text.length; at += columns) {
      starts.push(at);
    }
    return starts;
  }
  let [used, at] = [0, 0];
  for (const character of text) {
    const width = widthOf(character);
    if (used + width > columns && used > 0) {
      starts.push(at);
      used = 0;
    }
    used += width;
    at += character.length;
  }
  return starts;
}

export class Rows {
  #screen;
  #columns = 80;
  // The first row of each line, then what the next line's would be; valid for the first #known lines. The first of all is 0 until
  // lines are dropped.
  #starts = [0];
  #known = 0;
  #gone = 0;

  constructor(screen) {
    this.#screen = screen;
  }

  set columns(columns) {
    if (columns !== this.#columns) {
      this.#columns = columns;
      this.#forget();
    }
  }

  get columns() {
    return this.#columns;
  }

  /** All rows there are now. Only the last line of a screen changes, so that only it is counted again. */
  count() {
    const { lines, gone } = this.#screen;
    if (gone !== this.#gone) {
      this.#dropFirst(gone - this.#gone);
      this.#gone = gone;
    }
    for (let index = Math.max(0, this.#known - 1); index < lines.length; index++) {
      this.#starts[index + 1] = this.#starts[index] + this.#height(lines[index].text);
    }
    this.#known = lines.length;
    return this.#starts[lines.length] - this.#starts[0];
  }

  /** The row's line and where in it the row begins and ends. `number` is below count(). */
  at(number) {
    const row = number + this.#starts[0];
    let [low, high] = [0, this.#known - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    const line = this.#screen.lines[low];
    const starts = breaks(line.text, this.#columns);
    const nth = row - this.#starts[low];
    return { index: low, line, start: starts[nth], end: starts[nth + 1] ?? line.text.length, first: nth === 0 };
  }

  #height(text) {
    return text.length <= this.#columns && NARROW.test(text) ? 1 : breaks(text, this.#columns).length;
  }

  #dropFirst(lines) {
    if (lines > this.#known) {
      this.#forget();
    } else {
      this.#starts.splice(0, lines);
      this.#known -= lines;
    }
  }

  #forget() {
    this.#starts = [0];
    this.#known = 0;
  }
}
