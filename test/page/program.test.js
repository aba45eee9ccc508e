// Programs, and what becomes of them on their way: static/src/program/ and static/src/share/.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { execFileSync } from "node:child_process";
import { splitArguments } from "../../static/src/program/arguments.js";
import { Keeper } from "../../static/src/program/keeper.js";
import { chosen, readVersions } from "../../static/src/program/interpreters.js";
import { isProgram, newProgram, objection, requestBody } from "../../static/src/program/program.js";
import { Workspace } from "../../static/src/program/workspace.js";
import { decodeProgram, encodePlainly, encodeProgram, fromBase64, toBase64 } from "../../static/src/share/codec.js";
import { asCurl, asPython } from "../../static/src/share/snippets.js";

const FULL = newProgram("print('é', \"'\")\n", {
  files: [{ path: "main.py", text: "import a\nprint('é')\n" }, { path: "a.py", text: "" }],
  stdin: "one\ntwo\n",
  arguments: "-v 'b c'",
  uploads: [{ path: "data.bin", content: "AP8=" }],
});

describe("arguments", () => {
  // The same as test/unit/app/argument_line_test.cc has.
  const lines = [
    ["", []], [" \t\r\n", []], [" one  two\tthree\n", ["one", "two", "three"]],
    ["'a b' \"c  d\" e' 'f", ["a b", "c  d", "e f"]], ["'' \"\"", ["", ""]],
    ["\"it's\" 'say \"hi\"'", ["it's", 'say "hi"']], ["a\\ b \\\"c \\\\", ["a b", '"c', "\\"]],
    ['"a\\"b\\\\c\\d" \'e\\f\'', ['a"b\\c\\d', "e\\f"]], ["end\\", ["end\\"]],
  ];
  for (const [line, words] of lines) {
    test(JSON.stringify(line), () => assert.deepEqual(splitArguments(line), words));
  }

  for (const line of ["'", 'a "b', '"a\\"']) {
    test(`${JSON.stringify(line)} has an open quote`, () => assert.throws(() => splitArguments(line), SyntaxError));
  }
});

describe("a program", () => {
  test("is sent with what it has, and with nothing else", () => {
    assert.deepEqual(requestBody(newProgram("pass")), { code: "pass", plots: true, files_out: true });
    assert.deepEqual(requestBody(FULL), {
      code: "import a\nprint('é')\n", plots: true, files_out: true, stdin: "one\ntwo\n", args: ["-v", "b c"],
      files: [{ path: "a.py", content: "", encoding: "utf-8" }, { path: "data.bin", content: "AP8=", encoding: "base64" }],
    });
  });

  test("names the interpreter that is to run it, where it is not the default", () => {
    assert.equal(requestBody(newProgram("pass", { python: "3.12" })).python, "3.12");
  });

  test("is told from what is none", () => {
    assert.ok(isProgram(FULL));
    assert.ok(isProgram({ ...FULL, python: "3.12" }));
    for (const other of [null, 1, "x", [], {}, { ...FULL, files: [] }, { ...FULL, files: [{ path: "a.py", text: "" }] },
      { ...FULL, stdin: 1 }, { ...FULL, uploads: [{ path: "a" }] }, { ...FULL, python: "" }, { ...FULL, python: 3 }, { ...FULL, python: null }, { ...FULL, files: [{ path: "main.py" }] }]) {
      assert.ok(!isProgram(other), JSON.stringify(other));
    }
  });

  test("has files whose names are names", () => {
    for (const path of ["a.py", "shapes/circle.py", "my data-1.csv", "größe.txt"]) {
      assert.equal(objection(path, ["main.py"]), null, path);
    }
    for (const path of ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", ".hidden", "a\nb", "a\\b", "x".repeat(201)]) {
      assert.match(objection(path, []), /A name is of/, path);
    }
    assert.match(objection("main.py", ["main.py"]), /already/);
  });
});

describe("interpreters", () => {
  const named = (name, version) => ({ name, version, implementation: "cpython", tier: "T1", modules: [] });
  const known = readVersions({ default: "3.11", versions: [named("3.11", "3.11.2"), named("venv", "3.12.1"), named("new", null), named("3.1", "3.10.4")] });

  test("are called by their names and versions", () => {
    assert.equal(known.usual, "3.11");
    assert.deepEqual(known.choices.map(({ text }) => text), ["3.11.2", "venv (3.12.1)", "new", "3.1 (3.10.4)"]);
  });

  test("are none where the answer is another one", () => {
    for (const reply of [null, 1, "x", [], {}, { default: "a" }, { default: "a", versions: [] }, { default: "a", versions: [named("b", "3")] },
      { default: "a", versions: [named("a", "3"), named("", "3")] }, { default: "a", versions: [named("a", "3"), null] },
      { default: "a", versions: {} }, { error: { code: "no_backend" } }]) {
      assert.equal(readVersions(reply), null, JSON.stringify(reply));
    }
  });

  test("are found by the name that is wanted; one that is not there is the default, and that is said", () => {
    assert.deepEqual(chosen(known, ""), { python: "", note: "" });
    assert.deepEqual(chosen(known, "venv"), { python: "venv", note: "" });
    assert.deepEqual(chosen(known, "3.9"), { python: "", note: "There is no Python “3.9” here: 3.11.2 runs it." });
  });
});

describe("a shared program", () => {
  test("comes back as it was, by both forms", async () => {
    for (const program of [FULL, { ...FULL, python: "venv" }]) {
      for (const fragment of [await encodeProgram(program), encodePlainly(program)]) {
        assert.match(fragment, /^p[01]\.[\w-]+$/);
        assert.deepEqual(await decodeProgram(`#${fragment}`), program);
      }
    }
  });

  test("is short", async () => {
    const long = newProgram("print('hello')\n".repeat(1000));
    assert.ok((await encodeProgram(long)).length < 500);
  });

  test("that is broken is none", async () => {
    const whole = await encodeProgram(FULL);
    const foreign = encodePlainly({ files: [] });
    for (const fragment of ["", "#", "#top", "p1.", "p2.AAAA", "p1.!!!", whole.slice(0, -8), "p0.AAAA", foreign]) {
      assert.equal(await decodeProgram(fragment), null, fragment);
    }
  });

  test("that would unfold to more than anybody wants is none", async () => {
    const bomb = await encodeProgram(newProgram("x".repeat(17 << 20)));
    assert.ok(bomb.length < 100_000);
    assert.equal(await decodeProgram(bomb), null);
  });

  test("base64 holds any bytes", () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, n) => n % 256);
    assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  });
});

describe("the same request elsewhere", () => {
  const body = { code: "print('it''s', \"$HOME\\n\")\nprint(2)", args: ["a'b", "$(x)"], stdin: "" };

  test("as Python is Python, and the same body", () => {
    const source = asPython(body, "http://localhost/python", false).replace("urllib.request.urlopen(request)", "None")
      .split("with None")[0];
    const printed = execFileSync("/usr/bin/python3", ["-c", `${source}\nprint(request.data.decode(), request.full_url)`]).toString();
    const [data, url] = [printed.slice(0, printed.lastIndexOf(" ")), printed.trim().split(" ").at(-1)];
    assert.deepEqual(JSON.parse(data), body);
    assert.equal(url, "http://localhost/python");
  });

  test("as curl is one shell word for the body", () => {
    const script = asCurl(body, "http://localhost/python", false).replace("curl", "printf '%s\\0'");
    const words = execFileSync("/bin/sh", ["-c", script]).toString().split("\0");
    assert.deepEqual(JSON.parse(words[words.indexOf("-d") + 1]), body);
  });

  test("names the token where one is demanded", () => {
    assert.match(asCurl(body, "u", true), /Authorization: Bearer \$TOKEN/);
    assert.match(asPython(body, "u", true), /import os\n[^]*Bearer \{os\.environ\['TOKEN'\]\}/);
  });
});

describe("the browser's storage", () => {
  const storage = () => {
    const items = new Map();
    return {
      getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value), removeItem: (key) => items.delete(key),
    };
  };

  test("keeps a program and the one before it", () => {
    const shared = storage();
    new Keeper(() => shared).keep(FULL);
    new Keeper(() => shared).keepReplaced(newProgram("before"));
    const later = new Keeper(() => shared);
    assert.deepEqual([later.program, later.replaced], [FULL, newProgram("before")]);
    later.keepReplaced(null);
    assert.equal(later.replaced, null);
  });

  test("may hold anything, be full or forbidden", () => {
    const odd = storage();
    odd.setItem("program", "{");
    assert.equal(new Keeper(() => odd).program, null);
    const forbidden = new Keeper(() => {
      throw new Error("forbidden");
    });
    forbidden.keep(FULL);
    assert.equal(forbidden.program, null);
  });
});

describe("the workspace", () => {
  class FakeEditor {
    text = "";
    forgotten = [];
    focused = false;
    selected = { start: 0, end: 0 };
    open(path, text, selected) {
      [this.path, this.text, this.taken] = [path, text, selected];
    }
    focus() {
      this.focused = true;
    }
    forget(path) {
      this.forgotten.push(path);
    }
    goTo(line) {
      this.line = line;
    }
    remove() {
      this.removed = true;
    }
  }

  const open = (text) => {
    const editor = new FakeEditor();
    editor.text = text;
    let told = 0;
    return { editor, told: () => told, workspace: new Workspace(editor, () => told++) };
  };

  test("keeps what was typed when another file is shown", () => {
    const { editor, workspace, told } = open("one");
    workspace.add("a.py", "two");
    editor.text = "two, changed";
    workspace.select("main.py");
    assert.equal(editor.text, "one");
    assert.deepEqual(workspace.files, [{ path: "main.py", text: "one" }, { path: "a.py", text: "two, changed" }]);
    assert.equal(told(), 2);
  });

  test("renames, removes, and shows a neighbour", () => {
    const { editor, workspace } = open("one");
    workspace.add("a.py");
    workspace.rename("a.py", "b.py");
    assert.deepEqual([workspace.paths, workspace.active], [["main.py", "b.py"], "b.py"]);
    workspace.remove("b.py");
    assert.deepEqual([workspace.paths, workspace.active, editor.text], [["main.py"], "main.py", "one"]);
    assert.deepEqual(editor.forgotten, ["a.py", "b.py"]);
  });

  test("goes to a line of another file", () => {
    const { editor, workspace } = open("one");
    workspace.add("a.py");
    workspace.goTo("main.py", 7);
    assert.deepEqual([editor.path, editor.line], ["main.py", 7]);
  });

  test("takes another editor in the middle of it", () => {
    const { editor, workspace } = open("one");
    const next = new FakeEditor();
    [editor.focused, editor.selected] = [true, { start: 1, end: 3 }];
    workspace.use(next);
    assert.deepEqual([editor.removed, next.path, next.text, next.taken, next.focused], [true, "main.py", "one", { start: 1, end: 3 }, true]);
  });

  test("takes another editor where nobody is yet", () => {
    const { workspace } = open("one");
    const next = new FakeEditor();
    workspace.use(next);
    assert.deepEqual([next.text, next.taken, next.focused], ["one", undefined, false]);
  });
});
