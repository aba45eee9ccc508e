// What a program made besides its output: figures to look at, files to take away.

import { download } from "../share/download.js";
import { fromBase64 } from "../share/codec.js";
import { make, quietButton } from "./elements.js";
import { sizeInWords } from "./inputs.js";

// What is shown as a picture; nothing else that a program calls a figure is.
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"];

/** @param {{name: string, mime: string, content: string}[]} figures their content in base64 */
export function showFigures(place, figures) {
  const shown = figures.filter(({ mime }) => PICTURES.includes(mime)).map(figureOf);
  replace(place, shown.map(({ element }) => element), shown.map(({ url }) => url));
}

/** @param {{path: string, content: string}[]} files their content in base64 */
export function showFiles(place, files) {
  const items = files.map(({ path, content }) => {
    const bytes = fromBase64(content);
    const name = path.split("/").at(-1);
    return make("li", {}, make("code", { textContent: path }),
      make("span", { className: "hint", textContent: sizeInWords(bytes.length) }),
      quietButton("Save", () => download(name, new Blob([bytes])), { attributes: { "aria-label": `Save ${path}` } }));
  });
  const heading = make("h3", { textContent: files.length === 1 ? "The program left a file" : `The program left ${files.length} files` });
  replace(place, items.length > 0 ? [heading, make("ul", {}, ...items)] : [], []);
}

function figureOf({ name, mime, content }, index) {
  const blob = new Blob([fromBase64(content)], { type: mime });
  const url = URL.createObjectURL(blob);
  const title = `Figure ${index + 1}`;
  // In an <img> a picture runs no script and loads nothing, SVG included.
  const element = make("figure", {}, make("img", { src: url, alt: `${title}: ${name}` }),
    make("figcaption", {}, `${title} `,
      quietButton("Save", () => download(name, blob), { attributes: { "aria-label": `Save ${title}` } })));
  return { element, url };
}

const urls = new WeakMap();

function replace(place, elements, newUrls) {
  for (const url of urls.get(place) ?? []) {
    URL.revokeObjectURL(url);
  }
  urls.set(place, newUrls);
  place.replaceChildren(...elements);
  place.hidden = elements.length === 0;
}
