// The one line below the head that says what has just happened, and lets it be undone.

import { byId, quietButton } from "./elements.js";

/** @param {{label: string, act: () => void}} [action] */
export function showNotice(text, action) {
  const line = document.createElement("p");
  line.textContent = text;
  const buttons = [quietButton("×", hideNotice, { className: "quiet icon", attributes: { "aria-label": "Dismiss" } })];
  if (action) {
    buttons.unshift(quietButton(action.label, () => {
      hideNotice();
      action.act();
    }));
  }
  byId("notice").replaceChildren(line, ...buttons);
}

export function hideNotice() {
  byId("notice").replaceChildren();
}
