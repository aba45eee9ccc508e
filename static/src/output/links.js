// Places in the program that a traceback names. Its files lie in a folder whose name is long, new for every run, and nobody's
// concern: it is left out of sight.

const PLACE = /File "([^"\n]+)", line (\d+)/g;

/**
 * Cuts the folder out of a line that names a place: of "…/main.py" "main.py" is left.
 * @param {import("./line.js").Line} line
 * @param {string[]} paths
 */
export function shorten(line, paths) {
  // From the end, so that what stands before keeps its place.
  for (const { start, path, named } of findPlaces(line.text, paths).reverse()) {
    const folder = start + 'File "'.length;
    line.cutOut(folder, folder + named.length - path.length);
  }
}

/**
 * @param {string} text a line of output
 * @param {string[]} paths the program's own files: "main.py", "shapes/circle.py"
 * @returns {{start: number, end: number, path: string, line: number, named: string}[]} `named` is the path as it stands there
 */
export function findPlaces(text, paths) {
  const places = [];
  for (const found of text.includes('File "') ? text.matchAll(PLACE) : []) {
    const path = paths.find((own) => found[1] === own || found[1].endsWith(`/${own}`));
    if (path) {
      places.push({ start: found.index, end: found.index + found[0].length, path, line: Number(found[2]), named: found[1] });
    }
  }
  return places;
}
