// Characters that a program may print and a page must not obey: what they are, and how they are shown instead.

/**
 * Everything that is no plain text: controls of C0 and C1, what turns the direction of writing round, and what is
 * not seen at all (zero-width spaces, tags). Joiners inside emoji are text.
 */
export const SPECIAL =
  /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** A character of SPECIAL as Python would write it: "\\x1b", "\\u202e". */
export function visible(character) {
  const code = character.codePointAt(0);
  if (code < 0x100) {
    return `\\x${code.toString(16).padStart(2, "0")}`;
  }
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
