// Scanner: takes what one stream of a program prints apart, in pieces of any size: text with a style, and what moves the cursor.

import { SPECIAL, visible } from "./controls.js";
import { PLAIN, nextStyle } from "./sgr.js";

// A control sequence (ECMA-48, 5.4), whole or cut off by the end of what has come so far.
const SEQUENCE = /\x1b\[([0-?]*)([ -/]*)([@-~])/y;
const BEGUN = /\x1b(\[[0-?]*[ -/]*)?$/y;
// A longer one is none.
const MAX_SEQUENCE = 64;

export class Scanner {
  #style = PLAIN;
  #pending = "";

  /**
   * Calls `sink` for each piece, in order: text(string, style), escape(string, style) for a character that is shown instead of
   * obeyed, newline(), back() for a carriage return, left() for a backspace, tab(), erase("end" | "start" | "line").
   */
  scan(chunk, sink) {
    const input = this.#pending + chunk;
    this.#pending = "";
    let at = 0;
    SPECIAL.lastIndex = 0;
    for (let found; (found = SPECIAL.exec(input)) !== null; SPECIAL.lastIndex = at) {
      if (found.index > at) {
        sink.text(input.slice(at, found.index), this.#style);
      }
      at = found.index + found[0].length;
      if (found[0] === "\x1b") {
        at = this.#sequence(input, found.index, sink);
        if (at < 0) {
          return;
        }
      } else {
        this.#control(found[0], sink);
      }
    }
    if (at < input.length) {
      sink.text(input.slice(at), this.#style);
    }
  }

  /** Shows what is left of a sequence that never ended. */
  end(sink) {
    if (this.#pending) {
      sink.escape(visible("\x1b"), this.#style);
      sink.text(this.#pending.slice(1), this.#style);
      this.#pending = "";
    }
  }

  // Where to go on, or -1: the rest has yet to come.
  #sequence(input, start, sink) {
    SEQUENCE.lastIndex = start;
    const whole = SEQUENCE.exec(input);
    if (whole === null || whole[0].length > MAX_SEQUENCE) {
      BEGUN.lastIndex = start;
      if (input.length - start < MAX_SEQUENCE && BEGUN.test(input)) {
        this.#pending = input.slice(start);
        return -1;
      }
      sink.escape(visible("\x1b"), this.#style);
      return start + 1;
    }
    const [, parameters, between, final] = whole;
    if (final === "m" && !between && !/[<-?]/.test(parameters)) {
      this.#style = nextStyle(this.#style, parameters);
    } else if (final === "K" && !between && /^[012]?$/.test(parameters)) {
      sink.erase(["end", "start", "line"][Number(parameters)]);
    } else {
      sink.escape(visible("\x1b"), this.#style);
      return start + 1;
    }
    return start + whole[0].length;
  }

  #control(character, sink) {
    switch (character) {
      case "\n":
        return sink.newline();
      case "\r":
        return sink.back();
      case "\b":
        return sink.left();
      case "\t":
        return sink.tab();
      default:
        return sink.escape(visible(character), this.#style);
    }
  }
}
