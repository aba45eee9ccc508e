// The size of program and output, in steps, kept in the browser.

import { byId } from "./elements.js";

const KEY = "text-size";
const SIZES = [12, 13, 14, 15, 16, 18, 20, 24, 28];

/** @param {() => void} onChange */
export function offerTextSizes(onChange) {
  // What the style sheet has: larger on phones, which zoom in on fields below 16 px.
  const usual = parseInt(getComputedStyle(document.documentElement).getPropertyValue("--code-size"), 10);
  let size = recalled() ?? usual;
  const apply = () => {
    if (size !== usual) {
      document.documentElement.style.setProperty("--code-size", `${size}px`);
    } else {
      document.documentElement.style.removeProperty("--code-size");
    }
    byId("smaller").disabled = size <= SIZES[0];
    byId("larger").disabled = size >= SIZES.at(-1);
    onChange();
  };
  const change = (next) => {
    size = next ?? size;
    remember(size);
    apply();
  };
  byId("smaller").addEventListener("click", () => change(SIZES.findLast((one) => one < size)));
  byId("larger").addEventListener("click", () => change(SIZES.find((one) => one > size)));
  apply();
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
