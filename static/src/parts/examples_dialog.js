// Examples: a program to start from.

import { EXAMPLES } from "../examples/examples.js";
import { openDialog } from "./dialog.js";
import { make } from "./elements.js";

/** @param {(program: object, name: string) => void} onChoice */
export function openExamplesDialog(onChoice) {
  const cards = EXAMPLES.map(({ name, about, program }) => make("button", {
    type: "button",
    className: "card",
    on: {
      click: () => {
        dialog.close();
        onChoice(program, name);
      },
    },
  }, make("strong", { textContent: name }), make("span", { textContent: about })));
  const dialog = openDialog("Examples", make("div", { className: "cards" }, ...cards));
}
