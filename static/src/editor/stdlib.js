// Completion of the standard library's names: modules where they are imported, and their members where they are used.

import { pythonLanguage } from "@codemirror/lang-python";

const IMPORTING = /^\s*(?:from|import)\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*[\w.]*$/;
const FROM = /^\s*from\s+([\w.]+)\s+import\s+(?:[^()]*,\s*|\(\s*(?:[^()]*,\s*)?)?\w*$/;
const MEMBER = /(?<![\w.])([\w.]+)\.\w*$/;

let names = null;

// They are many, and not needed before somebody types.
async function allNames() {
  names ??= import("./stdlib_names.json").then((module) => module.default);
  return names;
}

/** A source as CodeMirror's autocompletion wants it. */
export async function completeStdlib(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const found = wanted(before, () => imports(context.state.doc.toString()));
  if (!found || (!context.explicit && found.typed === "" && !before.endsWith("."))) {
    return null;
  }
  const modules = await allNames();
  const options = found.module === null
    ? Object.keys(modules).map((label) => ({ label, type: "namespace" }))
    : (modules[found.module] ?? "").split(" ").filter(Boolean).map((label) => ({ label, type: typeOf(label) }));
  return options.length === 0 ? null : { from: context.pos - found.typed.length, options, validFor: /^[\w.]*$/ };
}

/**
 * What could stand at the end of `before`: {module: null, typed} for a module's name, {module, typed} for one of its members.
 * @param {() => Map<string, string>} known local names of imported modules
 */
export function wanted(before, known) {
  if (IMPORTING.test(before)) {
    return { module: null, typed: /[\w.]*$/.exec(before)[0] };
  }
  const typed = /\w*$/.exec(before)[0];
  const from = FROM.exec(before);
  if (from) {
    return { module: from[1], typed };
  }
  const member = MEMBER.exec(before);
  const module = member && known().get(member[1]);
  return module ? { module, typed } : null;
}

/** The modules that a source imports, by the names that they have in it. */
export function imports(source) {
  const found = new Map();
  for (const [, list] of source.matchAll(/^[ \t]*import[ \t]+(.+)$/gm)) {
    for (const part of list.split(",")) {
      const [, module, alias] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?/.exec(part) ?? [];
      if (module) {
        found.set(alias ?? module, module);
      }
    }
  }
  return found;
}

function typeOf(name) {
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) {
    return "constant";
  }
  return /^[A-Z]/.test(name) ? "class" : "function";
}

export const stdlibCompletion = pythonLanguage.data.of({ autocomplete: completeStdlib });
