// API: the request that Run sends, as other programs would send it.

import { requestBody } from "../program/program.js";
import { asCurl, asPython } from "../share/snippets.js";
import { asksToken } from "./access.js";
import { copyButton, openDialog } from "./dialog.js";
import { make } from "./elements.js";

export function openApiDialog(program) {
  const body = apiBody(program);
  const url = `${location.origin}/python`;
  const snippet = (title, text) => make("section", {},
    make("div", { className: "bar" }, make("h3", { textContent: title }), copyButton("Copy", () => text)),
    make("pre", { className: "sheet snippet", tabIndex: 0, textContent: text, attributes: { role: "region", "aria-label": title } }));
  openDialog("API",
    make("p", { className: "hint", textContent: "The same program from anywhere else. The reply is JSON." }),
    snippet("curl", asCurl(body, url, asksToken())),
    snippet("Python", asPython(body, url, asksToken())));
}

// Without what only the page asks for. An open quote is Run's to complain about.
function apiBody(program) {
  let body;
  try {
    body = requestBody(program);
  } catch {
    body = requestBody({ ...program, arguments: "" });
  }
  const { plots, files_out, ...rest } = body;
  return rest;
}
