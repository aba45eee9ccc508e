// A program as a word of an address's fragment, which browsers send to nobody. "p1." is JSON, deflated (RFC 1951) and in
// base64url (RFC 4648, 5); "p0." the same without deflating, for whoever can't wait for it.

import { isProgram } from "../program/program.js";

/** A longer address gets lost in some programs that people send addresses by. */
export const LONG = 8_000;
/** A longer one is refused by some servers and browsers. */
export const TOO_LONG = 60_000;
// What a fragment of a few bytes may unfold to.
const LARGEST = 16 << 20;

/** @returns {Promise<string>} the fragment, without "#" */
export async function encodeProgram(program) {
  const bytes = new TextEncoder().encode(JSON.stringify(program));
  return `p1.${toBase64Url(await passed(bytes, new CompressionStream("deflate-raw")))}`;
}

/** The same at once, and longer. */
export function encodePlainly(program) {
  return `p0.${toBase64Url(new TextEncoder().encode(JSON.stringify(program)))}`;
}

/** @returns {Promise<object|null>} null: it is none, or broken */
export async function decodeProgram(fragment) {
  const found = /^#?p([01])\.([\w-]*)$/.exec(fragment);
  if (!found) {
    return null;
  }
  try {
    const bytes = fromBase64Url(found[2]);
    const plain = found[1] === "1" ? await passed(bytes, new DecompressionStream("deflate-raw")) : bytes;
    const program = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain));
    return isProgram(program) ? program : null;
  } catch {
    return null;
  }
}

async function passed(bytes, transform) {
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  const pieces = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return new Uint8Array(await new Blob(pieces).arrayBuffer());
    }
    pieces.push(value);
    size += value.length;
    if (size > LARGEST) {
      await reader.cancel();
      throw new RangeError("too large");
    }
  }
}

function toBase64Url(bytes) {
  return toBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64Url(text) {
  return fromBase64(text.replace(/-/g, "+").replace(/_/g, "/"));
}

/** @param {Uint8Array} bytes */
export function toBase64(bytes) {
  let binary = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

/** @throws {DOMException} it is none */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
