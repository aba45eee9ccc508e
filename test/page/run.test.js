// A run as the page makes it: static/src/run/runner.js and lines.js, against replies that are made here.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { jsonLines } from "../../static/src/run/lines.js";
import { run } from "../../static/src/run/runner.js";

const ENDED = { status: "ok", exit_code: 0, duration_ms: 5 };

const json = (status, body, headers = {}) => new Response(JSON.stringify(body), {
  status, headers: { "Content-Type": "application/json", "X-Playground-Backend": "gcp", ...headers },
});

const stream = (...pieces) => new Response(bodyOf(pieces), { headers: { "Content-Type": "application/x-ndjson" } });

/** A body of these pieces; one that is an Error breaks it. */
function bodyOf(pieces) {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) {
        controller.close();
      } else if (piece instanceof Error) {
        controller.error(piece);
      } else {
        controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      }
    },
  });
}

/** Runs against these replies, one after the other; an Error is thrown instead. */
async function runAgainst(replies, { body = { code: "pass" }, ...how } = {}) {
  const seen = { asked: [], output: [], waits: [], started: 0, pauses: 0 };
  const abort = new AbortController();
  const outcome = await run(body, {
    output: (name, text) => seen.output.push([name, text]),
    waiting: (text) => seen.waits.push(text),
    started: () => seen.started++,
  }, {
    signal: abort.signal,
    ask: async (url, request) => {
      seen.asked.push({ url, ...request, body: JSON.parse(request.body) });
      const reply = replies.shift();
      if (reply instanceof Error) {
        throw reply;
      }
      return typeof reply === "function" ? reply(abort) : reply;
    },
    pause: async () => void seen.pauses++,
    ...how,
  });
  return { outcome, ...seen };
}

describe("lines", () => {
  const collect = async (pieces) => {
    const lines = [];
    for await (const line of jsonLines(bodyOf(pieces))) {
      lines.push(line);
    }
    return lines;
  };

  test("come whole, wherever the bytes are cut", async () => {
    const bytes = new TextEncoder().encode('{"stdout":"é€😀"}\n{"stderr":"\\n"}\n\n{"status":"ok"}');
    for (let at = 1; at < bytes.length; at++) {
      assert.deepEqual(await collect([bytes.slice(0, at), bytes.slice(at)]),
        [{ stdout: "é€😀" }, { stderr: "\n" }, { status: "ok" }]);
    }
  });

  test("that are no JSON are an error", async () => {
    await assert.rejects(collect(["{}\n{"]), SyntaxError);
  });
});

describe("a run", () => {
  test("asks for a stream, and takes a whole reply as well", async () => {
    const { outcome, asked, output, started } = await runAgainst([json(200, { ...ENDED, stdout: "a", stderr: "b" })]);
    assert.equal(asked[0].headers.Accept, "application/x-ndjson, application/json");
    assert.equal(asked[0].headers.Authorization, undefined);
    assert.deepEqual(output, [["stdout", "a"], ["stderr", "b"]]);
    assert.deepEqual([outcome.text, outcome.status, started], ["Finished after 5 ms.", 200, 1]);
    assert.deepEqual(outcome.facts.at(-1), ["Answered by", "gcp"]);
  });

  test("passes on what is streamed, in order, and ends with the last line", async () => {
    const { outcome, output } = await runAgainst([stream(
      '{"stdout":"1"}\n{"stderr":"2"}\n', '{"stdout":"3"}\n', `${JSON.stringify({ ...ENDED, plots: [{ name: "f" }], files: [] })}\n`)]);
    assert.deepEqual(output, [["stdout", "1"], ["stderr", "2"], ["stdout", "3"]]);
    assert.deepEqual([outcome.kind, outcome.figures], ["ok", [{ name: "f" }]]);
  });

  test("sends the token", async () => {
    const { asked } = await runAgainst([json(200, ENDED)], { token: "open-sesame" });
    assert.equal(asked[0].headers.Authorization, "Bearer open-sesame");
  });

  for (const status of [503, 429]) {
    test(`waits as long as a ${status} says, visibly, and asks again`, async () => {
      const refusal = json(status, { error: { code: "x", message: "m" }, started: false }, { "Retry-After": "2" });
      const { outcome, waits, pauses } = await runAgainst([refusal, json(200, ENDED)]);
      assert.deepEqual(waits.map((text) => /Trying again in (\d+) s \(2 of 5\)/.exec(text)?.[1]), ["2", "1"]);
      assert.deepEqual([outcome.kind, pauses], ["ok", 2]);
    });
  }

  test("gives up after five tries, and never waits longer than half a minute for one", async () => {
    const busy = () => json(503, { error: { message: "full" } }, { "Retry-After": "3600" });
    const { outcome, asked, pauses } = await runAgainst(Array.from({ length: 9 }, () => busy));
    assert.deepEqual([asked.length, pauses, outcome.status, outcome.kind], [5, 120, 503, "failed"]);
  });

  test("does not ask again for what will not change", async () => {
    const { outcome, asked } = await runAgainst([json(413, { error: { message: "too large" } })]);
    assert.deepEqual([asked.length, outcome.text], [1, "The program is too large (413): too large."]);
  });

  test("leaves out what a backend does not know, and does so at once the next time", async () => {
    const unknown = (field) => json(400, { error: { code: "unknown_field", message: "m", field } });
    const without = new Set();
    const body = { code: "pass", plots: true, files_out: true };
    const { outcome, asked } = await runAgainst([unknown("plots"), unknown("files_out"), json(200, ENDED)], { body, without });
    assert.deepEqual(asked.map((one) => Object.keys(one.body)), [["code", "plots", "files_out"], ["code", "files_out"], ["code"]]);
    assert.equal(outcome.kind, "ok");
    assert.deepEqual((await runAgainst([json(200, ENDED)], { body, without })).asked[0].body, { code: "pass" });
    assert.deepEqual(body, { code: "pass", plots: true, files_out: true });
  });

  test("does not leave out what a program may need", async () => {
    const unknown = json(400, { error: { code: "unknown_field", message: "no files here", field: "files" } });
    const { outcome } = await runAgainst([unknown], { body: { code: "", files: [] } });
    assert.match(outcome.text, /no files here/);
  });

  test("goes on silently when a backend was lost before anything was printed", async () => {
    const lost = '{"error":{"code":"backend_lost","message":"m"}}\n';
    const { outcome, asked } = await runAgainst([stream(lost), json(200, ENDED)]);
    assert.deepEqual([outcome.kind, asked.length], ["ok", 2]);
  });

  test("says that a backend was lost when something had been printed", async () => {
    const lost = '{"stdout":"half"}\n{"error":{"code":"backend_lost","message":"m"}}\n';
    const { outcome, asked } = await runAgainst([stream(lost)]);
    assert.match(outcome.text, /connection was lost while the program ran/);
    assert.equal(asked.length, 1);
  });

  for (const [name, reply] of [
    ["breaks", () => stream('{"stdout":"half"}\n', new TypeError("network"))],
    ["ends without its last line", () => stream('{"stdout":"half"}\n')],
    ["is no JSON", () => stream('{"stdout":"half"}\n<html>')],
  ]) {
    test(`says so when a stream ${name}`, async () => {
      const { outcome } = await runAgainst([reply]);
      assert.match(outcome.text, /connection was lost while the program ran/);
    });
  }

  test("says that the service can't be reached", async () => {
    const { outcome } = await runAgainst([new TypeError("fetch failed")]);
    assert.deepEqual([outcome.kind, outcome.status], ["failed", 0]);
    assert.match(outcome.text, /can't be reached/);
  });

  test("that the user stops is stopped, whatever it was doing", async () => {
    const aborted = (abort) => {
      abort.abort();
      throw abort.signal.reason;
    };
    assert.match((await runAgainst([aborted])).outcome.text, /^Stopped by you/);
    const waiting = runAgainst([(abort) => {
      setImmediate(() => abort.abort());
      return json(503, {}, { "Retry-After": "30" });
    }], { pause: undefined });
    assert.match((await waiting).outcome.text, /^Stopped by you/);
  });
});
