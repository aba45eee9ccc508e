// Colours and weights of a terminal ("Select Graphic Rendition", ECMA-48, 8.3.117): from parameters to a style.
//
// A style is {foreground, background, bold, …}; a colour is 0 to 15 (of the page's own palette) or "#rrggbb".

export const PLAIN = Object.freeze({});

const SWITCHES = {
  1: { bold: true }, 2: { dim: true }, 3: { italic: true }, 4: { underline: true }, 7: { inverse: true }, 9: { struck: true },
  22: { bold: undefined, dim: undefined }, 23: { italic: undefined }, 24: { underline: undefined }, 27: { inverse: undefined },
  29: { struck: undefined }, 39: { foreground: undefined }, 49: { background: undefined },
};

// What follows a style after which parameters: programs that use colours repeat them by the thousand.
let followers = new WeakMap();
let known = 0;
const MANY = 10_000;

/** The same as applySgr, and the same object for the same question, mostly. */
export function nextStyle(style, parameters) {
  if (known > MANY) {
    followers = new WeakMap();
    known = 0;
  }
  let next = followers.get(style);
  if (!next) {
    followers.set(style, (next = new Map()));
  }
  if (!next.has(parameters)) {
    next.set(parameters, applySgr(style, parameters));
    known++;
  }
  return next.get(parameters);
}

/**
 * The style that follows `style` after the sequence with these parameters. What is not known changes nothing; what hides text
 * (8) is not known.
 * @param {string} parameters what stands between "[" and "m": "1;31", ""
 */
export function applySgr(style, parameters) {
  const codes = parameters.split(/[;:]/).map((part) => Number(part));
  let next = style;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    if (code === 0) {
      next = PLAIN;
    } else if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes, at + 1);
      at += used;
      if (color !== undefined) {
        next = { ...next, [code === 38 ? "foreground" : "background"]: color };
      }
    } else {
      const change = SWITCHES[code] ?? basicColor(code);
      next = change ? { ...next, ...change } : next;
    }
  }
  return next;
}

function basicColor(code) {
  for (const [first, name, base] of [[30, "foreground", 0], [40, "background", 0], [90, "foreground", 8], [100, "background", 8]]) {
    if (code >= first && code < first + 8) {
      return { [name]: base + code - first };
    }
  }
  return null;
}

// 5;N of 256 colours, or 2;R;G;B.
function extendedColor(codes, at) {
  if (codes[at] === 5) {
    return { color: indexedColor(codes[at + 1]), used: 2 };
  }
  if (codes[at] === 2) {
    return { color: hex(codes.slice(at + 1, at + 4)), used: 4 };
  }
  return { color: undefined, used: 0 };
}

// 16 of the palette, a cube of six steps each way, 24 greys.
function indexedColor(index) {
  if (!(index >= 0 && index <= 255)) {
    return undefined;
  }
  if (index < 16) {
    return index;
  }
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return hex([grey, grey, grey]);
  }
  const step = (n) => (n === 0 ? 0 : 55 + n * 40);
  const cube = index - 16;
  return hex([step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]);
}

function hex(parts) {
  if (parts.length < 3 || !parts.every((part) => part >= 0 && part <= 255)) {
    return undefined;
  }
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
