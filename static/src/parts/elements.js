// Small helpers for making elements. Text is only ever text.

export const byId = (id) => document.getElementById(id);

/**
 * @param {string} name of the element
 * @param {object} properties of the element; "data", "attributes" and "on" for what is no property
 * @param {...(Node|string)} children
 */
export function make(name, { data = {}, attributes = {}, on = {}, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  Object.assign(element.dataset, data);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  for (const [event, listener] of Object.entries(on)) {
    element.addEventListener(event, listener);
  }
  element.append(...children);
  return element;
}

export function quietButton(text, onClick, properties = {}) {
  return make("button", { type: "button", className: "quiet", textContent: text, on: { click: onClick }, ...properties });
}
