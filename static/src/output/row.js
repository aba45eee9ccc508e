// A row of output as an element. Only ever text: what a program prints is never markup.

/**
 * @param {{line: import("./line.js").Line, start: number, end: number, first: boolean}} part of Rows.at
 * @param {{start: number, end: number, path: string, line: number}[]} places links in the whole line
 */
export function renderRow(document, { line, start, end, first }, places) {
  const row = document.createElement("div");
  row.className = "row";
  if (!first || line.continues) {
    row.dataset.broken = "yes";
  }
  if (line.parts.some(({ look }) => look.stream === "stderr")) {
    row.dataset.stream = "stderr";
  }
  let at = 0;
  for (const { end: partEnd, look } of line.parts) {
    const [from, to] = [Math.max(at, start), Math.min(partEnd, end)];
    at = partEnd;
    if (from < to) {
      addPart(document, row, line.text, from, to, look, places);
    }
  }
  return row;
}

// A part, cut at the borders of links.
function addPart(document, row, text, from, to, look, places) {
  for (let at = from; at < to;) {
    const place = places.find((one) => one.start <= at && at < one.end);
    const next = places.find((one) => one.start > at);
    const stop = Math.min(to, place ? place.end : (next?.start ?? to));
    row.append(place ? link(document, text.slice(at, stop), look, place) : piece(document, text.slice(at, stop), look));
    at = stop;
  }
}

function piece(document, text, look) {
  const classes = classesOf(look);
  if (classes.length === 0 && look.foreground === undefined && look.background === undefined) {
    return document.createTextNode(text);
  }
  return styled(document.createElement("span"), text, look, classes);
}

function link(document, text, look, place) {
  const button = styled(document.createElement("button"), text, look, [...classesOf(look), "place"]);
  button.type = "button";
  button.dataset.path = place.path;
  button.dataset.line = place.line;
  button.title = `Go to line ${place.line} of ${place.path}`;
  return button;
}

function styled(element, text, look, classes) {
  element.textContent = text;
  element.className = classes.join(" ");
  const [foreground, background] = look.inverse
    ? [look.background ?? "back", look.foreground ?? "front"]
    : [look.foreground, look.background];
  setColor(element, "color", "ink", foreground);
  setColor(element, "backgroundColor", "paper", background);
  return element;
}

// Of the palette by class, so that it follows light and dark; any other as it is.
function setColor(element, property, prefix, color) {
  if (typeof color === "string" && color.startsWith("#")) {
    element.style[property] = color;
  } else if (color !== undefined) {
    element.classList.add(`${prefix}-${color}`);
  }
}

function classesOf(look) {
  const names = ["bold", "dim", "italic", "underline", "struck", "escaped"].filter((name) => look[name]);
  if (look.stream === "stderr") {
    names.push("stderr");
  }
  if (look.inverse) {
    names.push("inverse");
  }
  return names;
}
