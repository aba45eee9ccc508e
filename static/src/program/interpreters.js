// The interpreters that programs can be run by, as GET /py/versions tells of them.

/**
 * @param {*} reply of GET /py/versions; a backend of another version may say anything
 * @returns {{usual: string, choices: {name: string, text: string}[]}|null} the default's name, and all of them with what there
 * is to read; null where that can't be told
 */
export function readVersions(reply) {
  const versions = Array.isArray(reply?.versions) ? reply.versions : [];
  const isNamed = (one) => typeof one?.name === "string" && one.name !== "";
  if (!versions.every(isNamed) || !versions.some(({ name }) => name === reply.default)) {
    return null;
  }
  return { usual: reply.default, choices: versions.map(({ name, version }) => ({ name, text: textOf(name, version) })) };
}

// A name that is the version's beginning, as 3.11 is of 3.11.2, says nothing more. One that has not started yet has no version.
function textOf(name, version) {
  if (typeof version !== "string") {
    return name;
  }
  return `${version}.`.startsWith(`${name}.`) ? version : `${name} (${version})`;
}

/**
 * Which one a program gets that asks for `wanted`; none, which is empty: the default.
 * @returns {{python: string, note: string}} `note` says what is not as it was asked for
 */
export function chosen({ usual, choices }, wanted) {
  if (wanted === "" || choices.some(({ name }) => name === wanted)) {
    return { python: wanted, note: "" };
  }
  return { python: "", note: `There is no Python “${wanted}” here: ${choices.find(({ name }) => name === usual).text} runs it.` };
}
