// The token, where one is demanded. It is remembered as long as the tab lives; storage may be forbidden, then it has to be typed
// in after each reload.

import { byId } from "./elements.js";

const KEY = "token";

/** Whether a token is demanded. */
export function asksToken() {
  return !byId("access").disabled;
}

/** @returns {string|undefined} */
export function tokenToSend() {
  return asksToken() ? byId("token").value.trim() : undefined;
}

export function recallToken() {
  if (asksToken()) {
    store((storage) => (byId("token").value = storage.getItem(KEY) ?? ""));
  }
}

/** @param {number} status what the service answered to it; 0: nothing */
export function learnFrom(status) {
  if (!asksToken() || status === 0) {
    return;
  }
  if (status === 401) {
    store((storage) => storage.removeItem(KEY));
    byId("token").focus();
  } else {
    store((storage) => storage.setItem(KEY, byId("token").value));
  }
}

function store(act) {
  try {
    act(sessionStorage);
  } catch {
    // Forbidden.
  }
}
