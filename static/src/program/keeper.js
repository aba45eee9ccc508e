// Keeper: the program in the browser's own storage, so that a reload loses nothing, and the one before it, so that what took
// its place can be undone. Storage may be forbidden: then nothing is kept.

import { isProgram } from "./program.js";

const NOW = "program";
const BEFORE = "program-before";

export class Keeper {
  #storage;

  /** @param {() => Storage} storage asked for where it is used, for even that may throw */
  constructor(storage) {
    this.#storage = storage;
  }

  get program() {
    return this.#read(NOW);
  }

  /** What the present program took the place of, until it has been brought back or forgotten. */
  get replaced() {
    return this.#read(BEFORE);
  }

  keep(program) {
    this.#write(NOW, program);
  }

  /** @param {object|null} program */
  keepReplaced(program) {
    this.#write(BEFORE, program);
  }

  #read(key) {
    try {
      const program = JSON.parse(this.#storage().getItem(key));
      return isProgram(program) ? program : null;
    } catch {
      return null;
    }
  }

  #write(key, program) {
    try {
      if (program === null) {
        this.#storage().removeItem(key);
      } else {
        this.#storage().setItem(key, JSON.stringify(program));
      }
    } catch {
      // Forbidden, or full.
    }
  }
}
