// What the editor completes: static/src/editor/stdlib.js.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { imports, wanted } from "../../static/src/editor/stdlib.js";

const known = () => new Map([["np", "numpy"], ["os", "os"], ["os.path", "os.path"]]);

const cases = [
  ["import js", { module: null, typed: "js" }],
  ["import os, js", { module: null, typed: "js" }],
  ["from coll", { module: null, typed: "coll" }],
  ["from collections.a", { module: null, typed: "collections.a" }],
  ["from json import lo", { module: "json", typed: "lo" }],
  ["from json import dumps, lo", { module: "json", typed: "lo" }],
  ["x = os.getc", { module: "os", typed: "getc" }],
  ["os.path.jo", { module: "os.path", typed: "jo" }],
  ["np.", { module: "numpy", typed: "" }],
  ["self.os.ge", null],
  ["other.ge", null],
  ["prin", null],
];

for (const [before, expected] of cases) {
  test(JSON.stringify(before), () => assert.deepEqual(wanted(before, known), expected));
}

test("modules are known by the names that a program gives them", () => {
  assert.deepEqual([...imports("import os, json as j\n  import os.path\nfrom re import sub\n# import no\n")],
    [["os", "os"], ["j", "json"], ["os.path", "os.path"]]);
});

test("the names are those of the standard library", async () => {
  const names = JSON.parse(await readFile(new URL("../../static/src/editor/stdlib_names.json", import.meta.url)));
  assert.ok(Object.keys(names).length > 150);
  assert.match(names.json, /\bdumps\b/);
  assert.match(names["os.path"], /\bjoin\b/);
});
