// What becomes of a program's output before it is shown: static/src/output/.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Line } from "../../static/src/output/line.js";
import { findPlaces, shorten } from "../../static/src/output/links.js";
import { Log } from "../../static/src/output/log.js";
import { Rows, breaks } from "../../static/src/output/rows.js";
import { Screen } from "../../static/src/output/screen.js";
import { applySgr } from "../../static/src/output/sgr.js";

/** The texts of a screen's lines after `pieces`, each a text of stdout or [stream, text]. */
function printed(pieces, limits) {
  const screen = new Screen(limits);
  for (const piece of pieces) {
    screen.write(...(Array.isArray(piece) ? piece : ["stdout", piece]));
  }
  screen.end();
  return screen;
}

const texts = (screen) => screen.lines.map(({ text }) => text);
const parts = (line) => {
  let at = 0;
  return line.parts.map(({ end, look }) => {
    const text = line.text.slice(at, end);
    at = end;
    return [text, look];
  });
};

describe("screen", () => {
  test("lines end where they end, however they were cut into pieces", () => {
    for (const pieces of [["a\nb\n\nc"], ["a", "\nb\n", "\n", "c"], [..."a\nb\n\nc"]]) {
      assert.deepEqual(texts(printed(pieces)), ["a", "b", "", "c"]);
    }
  });

  test("both streams stand in the order in which they came, told apart", () => {
    const screen = printed(["out ", ["stderr", "err "], "out\n"]);
    assert.deepEqual(parts(screen.lines[0]).map(([text, { stream }]) => [text, stream]),
      [["out ", "stdout"], ["err ", "stderr"], ["out", "stdout"]]);
  });

  test("a carriage return writes over what is there, as a progress bar wants", () => {
    assert.deepEqual(texts(printed(["10 %\r20 %\r", "100 %\n"])), ["100 %", ""]);
    assert.deepEqual(texts(printed(["abcdef\rxy"])), ["xycdef"]);
    assert.deepEqual(texts(printed(["a\r\nb\r\n"])), ["a", "b", ""]);
  });

  test("a line is erased to its end, from its beginning, or whole", () => {
    assert.deepEqual(texts(printed(["abcdef\rxy\x1b[K!"])), ["xy!"]);
    assert.deepEqual(texts(printed(["abc\b\x1b[1K"])), ["  c"]);
    assert.deepEqual(texts(printed(["abc\x1b[2Kd"])), ["   d"]);
  });

  test("backspaces go back, not beyond the beginning, and tabs to the next stop", () => {
    assert.deepEqual(texts(printed(["abc\b\bX"])), ["aXc"]);
    assert.deepEqual(texts(printed(["\b\b\bx"])), ["x"]);
    assert.deepEqual(texts(printed(["ab\tc\t\td"])), [`ab      c${" ".repeat(15)}d`]);
  });

  test("colours are kept for each stream by itself, also over cut sequences", () => {
    const screen = printed(["\x1b[3", "1;1mred", ["stderr", "plain"], "red\x1b[", "0mplain"]);
    assert.deepEqual(parts(screen.lines[0]).map(([text, look]) => [text, look.foreground, look.bold]),
      [["red", 1, true], ["plain", undefined, undefined], ["red", 1, true], ["plain", undefined, undefined]]);
  });

  test("any cut of the bytes makes the same screen", () => {
    const whole = "a\x1b[31mb\x1b[0m\x1b]0;title\x07\r\nc\x1b[2J\x1b[5;5Hd\u202ee\x1b[38;2;1;2;3mf";
    const expected = printed([whole]).lines;
    for (let at = 1; at < whole.length; at++) {
      assert.deepEqual(printed([whole.slice(0, at), whole.slice(at)]).lines, expected, `cut at ${at}`);
    }
  });

  test("what a terminal would obey, and nobody would see, is shown", () => {
    const screen = printed(["\x1b]0;title\x07\x1b[2J\0\x7f\x9b\u202e\u2066\ufeff\u{e0041}é👩‍🚀"]);
    assert.equal(screen.lines[0].text, "\\x1b]0;title\\x07\\x1b[2J\\x00\\x7f\\x9b\\u202e\\u2066\\ufeff\\U000e0041é👩‍🚀");
    assert.ok(parts(screen.lines[0]).find(([text]) => text === "\\x00\\x7f\\x9b\\u202e\\u2066\\ufeff\\U000e0041")[1].escaped);
  });

  test("a sequence that never ends is shown in the end, and holds nothing back for long", () => {
    assert.deepEqual(texts(printed(["a\x1b[3"])), ["a\\x1b[3"]);
    assert.deepEqual(texts(printed([`\x1b[${"1;".repeat(100)}`, "x"]))[0].length, 206);
  });

  test("a line of a megabyte is cut into pieces that go on each other, and is one line", () => {
    const screen = printed(["x".repeat(1 << 20), "\n"], { lineCharacters: 1000 });
    assert.ok(screen.lines.every(({ text }) => text.length <= 1000));
    assert.equal(screen.lines.map(({ text }) => text).join("").length, 1 << 20);
    assert.equal(screen.count, 1);
  });

  test("pairs of surrogates are not cut", () => {
    const screen = printed(["a", "😀".repeat(10)], { lineCharacters: 4 });
    assert.deepEqual(texts(screen).slice(0, 2), ["a😀", "😀😀"]);
  });

  test("the last lines are kept, and how many are gone is told", () => {
    const lines = printed([Array.from({ length: 1000 }, (_, n) => `${n}\n`).join("")], { lines: 100 });
    assert.ok(lines.lines.length <= 100);
    assert.equal(lines.lines.at(-2).text, "999");
    assert.equal(Number(lines.lines[0].text), lines.dropped);
    assert.equal(lines.count, 1000);
    const characters = printed(["x".repeat(100_000)], { characters: 1000, lineCharacters: 100 });
    assert.ok(texts(characters).join("").length <= 1000);
  });

  test("a finished line may be changed before it is shown", () => {
    const screen = new Screen({}, (line) => line.cutOut(0, 1));
    screen.write("stdout", "xa\nxb");
    assert.deepEqual(texts(screen), ["a", "xb"]);
  });

  test("nothing printed is an empty screen of no lines", () => {
    assert.deepEqual([printed([]).empty, printed([]).count], [true, 0]);
    assert.deepEqual([printed(["\n"]).empty, printed(["a"]).count, printed(["a\n"]).count], [false, 1, 1]);
  });
});

describe("line", () => {
  test("is written over at a column, its parts cut and joined", () => {
    const [one, other] = [{ n: 1 }, { n: 2 }];
    const line = new Line();
    line.write(0, "aaaaaa", one);
    line.write(2, "bb", other);
    assert.deepEqual(parts(line), [["aa", one], ["bb", other], ["aa", one]]);
    line.write(2, "aa", one);
    assert.deepEqual(parts(line), [["aaaaaa", one]]);
    line.write(5, "bbb", other);
    assert.deepEqual(parts(line), [["aaaaa", one], ["bbb", other]]);
    line.cutOut(1, 6);
    assert.deepEqual(parts(line), [["a", one], ["bb", other]]);
    line.truncate(2);
    assert.deepEqual(parts(line), [["a", one], ["b", other]]);
  });
});

describe("colours", () => {
  const cases = [
    ["31", { foreground: 1 }], ["97", { foreground: 15 }], ["44", { background: 4 }], ["103", { background: 11 }],
    ["1;3;4;9", { bold: true, italic: true, underline: true, struck: true }],
    ["38;5;9", { foreground: 9 }], ["38;5;196", { foreground: "#ff0000" }], ["48;5;244", { background: "#808080" }],
    ["38;2;1;2;255;1", { foreground: "#0102ff", bold: true }], ["", {}], ["0", {}],
    ["38;5;999", {}], ["38;2;1;2", {}], ["38", {}], ["8", {}], ["999", {}], ["38;2;1;2;900", {}],
  ];
  for (const [parameters, style] of cases) {
    test(`[${parameters}m`, () => assert.deepEqual(applySgr({}, parameters), style));
  }

  test("are taken back", () => {
    const style = applySgr({}, "1;31;44;7");
    assert.deepEqual(applySgr(style, "0"), {});
    const left = applySgr(style, "22;39;49;27");
    assert.deepEqual(Object.values(left).filter((value) => value !== undefined), []);
  });
});

describe("rows", () => {
  test("break at the width, wide characters counted as two and marks as none", () => {
    assert.deepEqual(breaks("", 4), [0]);
    assert.deepEqual(breaks("abcd", 4), [0]);
    assert.deepEqual(breaks("abcdefghi", 4), [0, 4, 8]);
    assert.deepEqual(breaks("漢字漢字漢", 4), [0, 2, 4]);
    assert.deepEqual(breaks("e\u0301e\u0301e\u0301", 2), [0, 4]);
    assert.deepEqual(breaks("😀😀😀", 4), [0, 4]);
  });

  test("tell which line they are of", () => {
    const screen = printed(["abcdef\n", "\n", "gh"]);
    const rows = new Rows(screen);
    rows.columns = 4;
    assert.equal(rows.count(), 4);
    const seen = Array.from({ length: 4 }, (_, n) => rows.at(n)).map(({ index, start, end, first }) => [index, start, end, first]);
    assert.deepEqual(seen, [[0, 0, 4, true], [0, 4, 6, false], [1, 0, 0, true], [2, 0, 2, true]]);
    screen.write("stdout", "ijkl\nm");
    assert.equal(rows.count(), 6);
    rows.columns = 3;
    assert.equal(rows.count(), 6);
    assert.deepEqual(rows.at(5).line.text, "m");
  });

  test("are right again after lines have gone", () => {
    const screen = new Screen({ lines: 10 });
    const rows = new Rows(screen);
    for (let n = 0; n < 50; n++) {
      screen.write("stdout", `${n}\n`);
      assert.equal(rows.count(), screen.lines.length);
    }
    assert.equal(rows.at(0).line, screen.lines[0]);
  });
});

describe("places", () => {
  const traceback = '  File "/dev/shm/a/b/main.py", line 12, in f';

  test("are those in the program's own files", () => {
    assert.deepEqual(findPlaces(traceback, ["main.py"]),
      [{ start: 2, end: 38, path: "main.py", line: 12, named: "/dev/shm/a/b/main.py" }]);
    assert.deepEqual(findPlaces('File "shapes/circle.py", line 1', ["main.py", "shapes/circle.py"])[0].path, "shapes/circle.py");
    assert.deepEqual(findPlaces('File "/usr/lib/python3.11/json/__init__.py", line 3', ["main.py"]), []);
    assert.deepEqual(findPlaces('File "/x/domain.py", line 3', ["main.py"]), []);
    assert.deepEqual(findPlaces("nothing here", ["main.py"]), []);
  });

  test("are told without the folder that they are in", () => {
    const line = new Line();
    line.write(0, traceback, {});
    shorten(line, ["main.py"]);
    assert.equal(line.text, '  File "main.py", line 12, in f');
    assert.equal(findPlaces(line.text, ["main.py"])[0].line, 12);
  });
});

test("the log has all of it, as it came", async () => {
  const log = new Log();
  const text = "\x1b[31mé\n".repeat(400_000);
  for (let at = 0; at < text.length; at += 100_000) {
    log.write(text.slice(at, at + 100_000));
  }
  assert.equal(await log.blob().text(), text);
  log.write("more");
  assert.ok((await log.blob().text()).endsWith("\nmore"));
});
