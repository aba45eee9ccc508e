// A line of arguments, as people type it: the words that a POSIX shell would make of it (2.2 Quoting), without any expansion.
// src/app/argument_line.cc does the same for browsers without JavaScript.

/**
 * @param {string} line
 * @returns {string[]}
 * @throws {SyntaxError} where a quote is left open
 */
export function splitArguments(line) {
  const words = [];
  let at = 0;
  for (;;) {
    while (at < line.length && /\s/.test(line[at])) {
      at++;
    }
    if (at === line.length) {
      return words;
    }
    let word = "";
    while (at < line.length && !/\s/.test(line[at])) {
      const character = line[at++];
      if (character === "'" || character === '"') {
        const quoted = readQuoted(line, at, character);
        word += quoted.text;
        at = quoted.end;
      } else {
        word += character === "\\" && at < line.length ? line[at++] : character;
      }
    }
    words.push(word);
  }
}

function readQuoted(line, start, quote) {
  let text = "";
  for (let at = start; at < line.length; at++) {
    if (line[at] === quote) {
      return { text, end: at + 1 };
    }
    const escapes = quote === '"' && line[at] === "\\" && ['"', "\\"].includes(line[at + 1]);
    text += escapes ? line[++at] : line[at];
  }
  throw new SyntaxError(`the arguments have a ${quote} that nothing closes`);
}
