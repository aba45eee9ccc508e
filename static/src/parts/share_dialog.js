// Share: an address with the program in it, and markup that puts the program into another page.

import { LONG, TOO_LONG, encodeProgram } from "../share/codec.js";
import { copyButton, openDialog } from "./dialog.js";
import { make } from "./elements.js";

/** @param {object} program */
export async function openShareDialog(program) {
  const link = `${location.origin}/#${await encodeProgram(program)}`;
  if (link.length > TOO_LONG) {
    openDialog("Share", make("p", { textContent: "This program is too large for a link. Download it and send the file instead." }));
    return;
  }
  const markup = `<pre class="playground"${attributes(program)}>${escapeHtml(program.files[0].text)}</pre>\n<script src="${location.origin}/static/embed.js"></script>\n`;
  const address = make("input", { id: "share-link", value: link, readOnly: true });
  openDialog("Share",
    make("label", { htmlFor: address.id, textContent: "Link" }),
    make("div", { className: "field-and-button" }, address, copyButton("Copy link", () => link)),
    make("p", { className: "hint", textContent: explain(link.length) }),
    make("h3", { textContent: "In another page" }),
    make("pre", { className: "sheet snippet", tabIndex: 0, textContent: markup, attributes: { role: "region", "aria-label": "Markup" } }),
    copyButton("Copy markup", () => markup));
  address.focus();
  address.select();
}

function explain(length) {
  const privacy = "The program is in the link itself; nothing is stored on the server.";
  return length > LONG
    ? `${privacy} It is ${length.toLocaleString("en")} characters long, which some programs that send messages cut off.`
    : privacy;
}

// What else than its code a block can say of its program.
function attributes(program) {
  return ["stdin", "arguments", "python"].filter((name) => program[name])
    .map((name) => ` data-${name}="${escapeHtml(program[name]).replaceAll('"', "&quot;")}"`).join("");
}

function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
