// The page inside a frame of another page: it says how high it would like to be, and offers itself as a whole.

import { encodeProgram } from "../share/codec.js";
import { byId } from "../parts/elements.js";

/** @param {() => object} program */
export function actAsFrame(program) {
  const link = byId("open-whole");
  link.hidden = false;
  // The address is made when it is wanted: a click opens what is there by then.
  const point = async () => (link.href = `/#${await encodeProgram(program())}`);
  for (const event of ["pointerenter", "focus", "touchstart"]) {
    link.addEventListener(event, point, { passive: true });
  }
  point();
  // Anybody may know the height of something that they show.
  const tell = () => parent.postMessage({ playground: "height", height: document.body.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  tell();
}
