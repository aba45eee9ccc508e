// A dialog: one at a time, closed by Escape, its button or a click beside it; the focus goes back to where it was.

import { make, quietButton } from "./elements.js";

/**
 * @param {string} title
 * @param {...(Node|string)} content
 * @returns {HTMLDialogElement} open already; gone when it is closed
 */
export function openDialog(title, ...content) {
  const heading = make("h2", { id: "dialog-title", textContent: title });
  const close = quietButton("×", () => dialog.close(), { className: "quiet icon", attributes: { "aria-label": "Close" } });
  const dialog = make("dialog", { attributes: { "aria-labelledby": heading.id } },
    make("div", { className: "bar" }, heading, close),
    make("div", { className: "dialog-content" }, ...content));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A button that copies, and says that it has. */
export function copyButton(label, text) {
  const button = quietButton(label, async () => {
    try {
      await navigator.clipboard.writeText(await text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser does not let us copy";
    }
    setTimeout(() => (button.textContent = label), 2000);
  });
  return button;
}
