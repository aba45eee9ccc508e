// Program: what is run. Plain data, so that it can be kept, shared and sent:
//
//   {files: [{path, text}, …], stdin, arguments, uploads: [{path, content}, …], python}
//
// The first file is main.py. Uploads are base64, for they may be anything. python, the name of an interpreter, is there only where
// it is not to be the default.

import { splitArguments } from "./arguments.js";

export const MAIN = "main.py";

/** @param {string} code of main.py */
export function newProgram(code, fields = {}) {
  return { files: [{ path: MAIN, text: code }], stdin: "", arguments: "", uploads: [], ...fields };
}

/** Whether `value` is a program: what comes from an address or from storage may be anything. */
export function isProgram(value) {
  const isFile = (part) => (file) => typeof file?.path === "string" && typeof file[part] === "string";
  return Array.isArray(value?.files) && value.files[0]?.path === MAIN && value.files.every(isFile("text"))
    && typeof value.stdin === "string" && typeof value.arguments === "string"
    && Array.isArray(value.uploads) && value.uploads.every(isFile("content"))
    && (value.python === undefined || (typeof value.python === "string" && value.python !== ""));
}

export function sameProgram(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Why a file can't have this path beside those that there are, or null.
 * @param {string[]} taken
 */
export function objection(path, taken) {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_. -]*(\/[\p{L}\p{N}_][\p{L}\p{N}_. -]*)*$/u.test(path) || path.length > 200) {
    return "A name is of letters, digits, “_”, “-”, “.”; folders by “/”.";
  }
  return taken.includes(path) ? `There is a ${path} already.` : null;
}

/**
 * The body of POST /python.
 * @throws {SyntaxError} of splitArguments
 */
export function requestBody(program) {
  const [main, ...others] = program.files;
  const body = { code: main.text, plots: true, files_out: true };
  if (program.stdin !== "") {
    body.stdin = program.stdin;
  }
  const args = splitArguments(program.arguments);
  if (args.length > 0) {
    body.args = args;
  }
  if (program.python) {
    body.python = program.python;
  }
  const files = [
    ...others.map(({ path, text }) => ({ path, content: text, encoding: "utf-8" })),
    ...program.uploads.map(({ path, content }) => ({ path, content, encoding: "base64" })),
  ];
  if (files.length > 0) {
    body.files = files;
  }
  return body;
}
