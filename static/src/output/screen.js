// Screen: what a program has printed, as lines, both streams in the order in which they came. It keeps the last of them; the
// whole is in the log. No page needed.

import { Line } from "./line.js";
import { Scanner } from "./scanner.js";
import { PLAIN } from "./sgr.js";

const LIMITS = { lines: 100_000, characters: 8_000_000, lineCharacters: 8192 };
// Beyond a limit this part of it is dropped at once, so that it is not done for each line.
const DROP = 0.1;
const TAB = 8;

export class Screen {
  lines = [new Line()];
  /** How many lines are gone from the beginning, and of how many pieces they were. */
  dropped = 0;
  gone = 0;

  #limits;
  #onLine;
  #characters = 0;
  #column = 0;
  #stream = "stdout";
  #scanners = { stdout: new Scanner(), stderr: new Scanner() };
  // By style, plain and escaped. Equal looks are one object: parts are compared, and grow, by identity.
  #looks = { stdout: [new WeakMap(), new WeakMap()], stderr: [new WeakMap(), new WeakMap()] };

  /** @param {(line: Line) => void} onLine may change a line that is finished, before it is shown */
  constructor(limits = {}, onLine = () => {}) {
    this.#onLine = onLine;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** @param {"stdout"|"stderr"} stream */
  write(stream, text) {
    this.#stream = stream;
    this.#scanners[stream].scan(text, this);
  }

  end() {
    for (const [stream, scanner] of Object.entries(this.#scanners)) {
      this.#stream = stream;
      scanner.end(this);
    }
  }

  get empty() {
    return this.dropped === 0 && this.lines.length === 1 && this.lines[0].text === "";
  }

  /** Lines that were printed, those that are gone among them; an unfinished last one counts, a cut one counts once. */
  get count() {
    const whole = this.lines.reduce((sum, line) => sum + (line.continues ? 0 : 1), 0);
    return this.dropped + whole - (this.lines.at(-1).text === "" ? 1 : 0);
  }

  // What the scanner finds:

  text(text, style) {
    this.#put(text, this.#look(style, false));
  }

  escape(text, style) {
    this.#put(text, this.#look(style, true));
  }

  tab() {
    this.#put(" ".repeat(TAB - (this.#column % TAB)), this.#look(PLAIN, false));
  }

  newline() {
    const line = this.lines.at(-1);
    const before = line.text.length;
    this.#onLine(line);
    this.#characters += line.text.length - before;
    this.#add(false);
  }

  back() {
    this.#column = 0;
  }

  left() {
    this.#column = Math.max(0, this.#column - 1);
  }

  erase(what) {
    const line = this.lines.at(-1);
    const before = line.text.length;
    if (what === "start") {
      line.write(0, " ".repeat(Math.min(this.#column, before)), this.#look(PLAIN, false));
    } else {
      line.truncate(what === "line" ? 0 : this.#column);
      this.#pad();
    }
    this.#characters += line.text.length - before;
  }

  #put(text, look) {
    const room = this.#limits.lineCharacters;
    for (let at = 0; at < text.length;) {
      let stop = Math.min(text.length, at + room - this.#column);
      // A pair of surrogates stays together.
      if (stop < text.length && /[\ud800-\udbff]/.test(text[stop - 1] ?? "")) {
        stop--;
      }
      if (stop <= at) {
        this.#add(true);
        continue;
      }
      const piece = text.slice(at, stop);
      const line = this.lines.at(-1);
      const before = line.text.length;
      line.write(this.#column, piece, look);
      this.#column += piece.length;
      this.#characters += line.text.length - before;
      at += piece.length;
    }
  }

  // The cursor never stands behind a line's end: erased columns before it are blanks.
  #pad() {
    const line = this.lines.at(-1);
    if (line.text.length < this.#column) {
      line.write(line.text.length, " ".repeat(this.#column - line.text.length), this.#look(PLAIN, false));
    }
  }

  #add(continues) {
    const line = new Line();
    line.continues = continues;
    this.lines.push(line);
    this.#column = 0;
    this.#characters += 1;
    if (this.lines.length > this.#limits.lines || this.#characters > this.#limits.characters) {
      this.#drop();
    }
  }

  #drop() {
    const lines = this.#limits.lines * (1 - DROP);
    const characters = this.#limits.characters * (1 - DROP);
    let gone = 0;
    while (gone < this.lines.length - 1 && (this.lines.length - gone > lines || this.#characters > characters)) {
      const line = this.lines[gone++];
      this.#characters -= line.text.length + 1;
      this.dropped += line.continues ? 0 : 1;
    }
    this.lines.splice(0, gone);
    this.gone += gone;
    this.lines[0].continues = false;
  }

  #look(style, escaped) {
    const looks = this.#looks[this.#stream][escaped ? 1 : 0];
    let look = looks.get(style);
    if (!look) {
      look = { stream: this.#stream, escaped, ...style };
      looks.set(style, look);
    }
    return look;
  }
}
