// The size of program and output, in steps, kept in the browser.

import { byId } from "./elements.js";

const KEY = "text-size";
const SIZES = [12, 13, 14, 15, 16, 18, 20, 24, 28];

/** @param {(change: () => void) => void} around does `change`, which sets a size, and what has to be done before and after it */
export function offerTextSizes(around) {
  let size = recalled();
  // Unless somebody changes it, nothing has to be measured while the page opens.
  let usual = size === null ? null : usualSize();
  const set = () => {
    if (size !== usual) {
      document.documentElement.style.setProperty("--code-size", `${size}px`);
    } else {
      document.documentElement.style.removeProperty("--code-size");
    }
  };
  const apply = () => {
    around(set);
    byId("smaller").disabled = size <= SIZES[0];
    byId("larger").disabled = size >= SIZES.at(-1);
  };
  const change = (choose) => {
    usual ??= usualSize();
    size ??= usual;
    size = choose(size) ?? size;
    remember(size);
    apply();
  };
  byId("smaller").addEventListener("click", () => change((now) => SIZES.findLast((one) => one < now)));
  byId("larger").addEventListener("click", () => change((now) => SIZES.find((one) => one > now)));
  if (size !== null) {
    apply();
  }
}

// What the style sheet has: larger on phones, which zoom in on fields below 16 px. To be asked before another size is set.
function usualSize() {
  return parseInt(getComputedStyle(document.documentElement).getPropertyValue("--code-size"), 10);
}

function recalled() {
  try {
    const size = Number(localStorage.getItem(KEY));
    return SIZES.includes(size) ? size : null;
  } catch {
    return null;
  }
}

function remember(size) {
  try {
    localStorage.setItem(KEY, String(size));
  } catch {
    // Forbidden: it lasts until the next reload.
  }
}
