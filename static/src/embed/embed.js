// The one script tag of another site: every <pre class="playground"> becomes a program that can be run, in a frame of ours.
//
//   <pre class="playground" data-stdin="…" data-arguments="…" data-python="3.11">print("hello")</pre>
//   <script src="https://playground.example/static/embed.js"></script>
//
// The block itself stays until the frame has answered: where the frame is not allowed (PLAYGROUND_CORS_ORIGINS) or can't be
// reached, the reader still has the program.

import { newProgram } from "../program/program.js";
import { encodePlainly } from "../share/codec.js";

const HOME = new URL(document.currentScript.src).origin;
const TALLEST = 2000;

const frames = [];

function replace(block) {
  const program = newProgram(block.textContent, {
    stdin: block.dataset.stdin ?? "",
    arguments: block.dataset.arguments ?? "",
    ...(block.dataset.python && { python: block.dataset.python }),
  });
  const frame = document.createElement("iframe");
  frame.src = `${HOME}/?embed=1#${encodePlainly(program)}`;
  frame.title = block.dataset.title ?? "Python program that can be run";
  frame.loading = "lazy";
  frame.allow = "clipboard-write";
  Object.assign(frame.style, { width: "100%", height: "0", border: "0", display: "block" });
  block.after(frame);
  block.classList.remove("playground");
  frames.push({ block, frame });
}

addEventListener("message", ({ origin, source, data }) => {
  if (origin !== HOME || data?.playground !== "height" || typeof data.height !== "number") {
    return;
  }
  const known = frames.find(({ frame }) => frame.contentWindow === source);
  if (known) {
    known.block.hidden = true;
    known.frame.style.height = `${Math.min(data.height, TALLEST)}px`;
  }
});

function replaceAll() {
  document.querySelectorAll("pre.playground").forEach(replace);
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", replaceAll);
} else {
  replaceAll();
}
