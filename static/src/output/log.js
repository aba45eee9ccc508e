// Log: all that a program printed, as it came, for copying and saving. Kept in pieces that the browser may put aside.

const PIECE = 1 << 20;

export class Log {
  #pieces = [];
  #open = [];
  #openLength = 0;

  write(text) {
    this.#open.push(text);
    this.#openLength += text.length;
    if (this.#openLength >= PIECE) {
      this.#close();
    }
  }

  /** @returns {Blob} */
  blob() {
    this.#close();
    return new Blob(this.#pieces, { type: "text/plain;charset=utf-8" });
  }

  #close() {
    if (this.#openLength > 0) {
      this.#pieces.push(new Blob(this.#open));
      this.#open = [];
      this.#openLength = 0;
    }
  }
}
