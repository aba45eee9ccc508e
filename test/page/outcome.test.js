// The words of static/src/run/outcome.js and calls.js.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explainCalls } from "../../static/src/run/calls.js";
import { describeRefusal, describeRun, describeSilence, describeStop, factsOf } from "../../static/src/run/outcome.js";

const ended = (fields) => ({
  status: "ok", limit: null, exit_code: 0, signal: null, denied: [],
  truncated: { stdout: false, stderr: false }, duration_ms: 12.4, ...fields,
});

const runs = [
  [{}, "ok", "Finished after 12 ms."],
  [{ duration_ms: 10_004 }, "ok", "Finished after 10.0 s."],
  [{ duration_ms: undefined }, "ok", "Finished."],
  [{ status: "error", exit_code: 3 }, "ended", "Ended with exit code 3 after 12 ms."],
  [{ status: "timeout", limit: "wall", exit_code: null, signal: "SIGKILL", duration_ms: 5000 }, "stopped",
    "Stopped after 5.0 s: the time limit for one run."],
  [{ status: "timeout", limit: "cpu", exit_code: null, signal: "SIGXCPU" }, "stopped",
    "Stopped after 12 ms: the processor time limit for one run."],
  [{ status: "output", limit: "output" }, "stopped", "Stopped after 12 ms: the output limit for one run."],
  [{ status: "memory", limit: "memory" }, "stopped", "Stopped after 12 ms: the memory limit for one run."],
  [{ status: "disk", limit: null }, "stopped", "Stopped after 12 ms: the disk limit for one run."],
  [{ status: "signal", exit_code: null, signal: "SIGSEGV" }, "ended", "Ended by signal SIGSEGV after 12 ms."],
  [{ status: "signal", limit: "threads", exit_code: null, signal: "SIGKILL" }, "stopped",
    "Stopped after 12 ms: the thread limit for one run."],
  [{ status: "denied", exit_code: null, signal: "SIGSYS" }, "stopped", "Stopped after 12 ms: a forbidden system call."],
];

for (const [fields, kind, text] of runs) {
  test(`run: ${text}`, () => {
    assert.deepEqual(describeRun(ended(fields)), { kind, text, notes: [] });
  });
}

test("run: what was cut off and what was refused is noted", () => {
  const { notes } = describeRun(ended({ status: "error", exit_code: 1, truncated: { stdout: true, stderr: true, files: true, plots: true }, denied: ["socket"] }));
  assert.deepEqual(notes, [
    "Standard output was cut off.", "Standard error was cut off.",
    "Not all files that the program left are here.", "Not all figures are here.",
    "The sandbox refused something: the network can't be reached from here (socket).",
  ]);
  assert.deepEqual(describeRun(ended({ denied: null })).notes, []);
  assert.match(describeRun(ended({ denied: ["socket"] })).notes[0], /^The sandbox refused something, and the program went on: /);
});

test("calls of one purpose are explained together, in the order in which they came", () => {
  assert.equal(explainCalls(["connect", "execve", "socket", "bpf"]),
    "the network can't be reached from here (connect, socket); other programs can't be started (execve); "
    + "not open to programs here (bpf)");
});

test("facts: time, processor time, memory, who answered; what is not known is left out", () => {
  assert.deepEqual(factsOf({ duration_ms: 1500, cpu_ms: 3.6, memory_kb: 512 }, "gcp"),
    [["Time", "1.5 s"], ["CPU", "4 ms"], ["Memory", "512 KB"], ["Answered by", "gcp"]]);
  assert.deepEqual(factsOf({ memory_kb: 10240 }, null), [["Memory", "10.0 MB"]]);
});

const refusals = [
  [502, { error: { code: "bad_gateway", message: "no backend can be reached" } }, null,
    "No backend can be reached (502): no backend can be reached."],
  [503, { error: { code: "queue_full", message: "The queue is full." } }, "2",
    "The service is busy (503): The queue is full. Try again in 2 s."],
  [503, { error: { code: "queue_full", message: "too many are waiting; try again" } }, "1",
    "The service is busy (503): too many are waiting. Try again in 1 s."],
  [429, { error: { code: "rate_limited", message: "too many (PLAYGROUND_RATE_LIMIT); try again" } }, "60",
    "Too many programs in a short time (429). Try again in 60 s."],
  [429, null, "3541", "Too many programs in a short time (429). Try again in 60 minutes."],
  [401, { error: { code: "unauthorized", message: "Authorization: Bearer" } }, null,
    "You are not allowed to run programs here (401): the token is missing, or not the right one."],
  [504, null, null, "No backend answered in time (504)."],
  [413, null, null, "The program is too large (413)."],
  [418, null, null, "The service refused the program (418)."],
  [599, null, null, "The service failed (599)."],
];

for (const [status, body, retryAfter, text] of refusals) {
  test(`refusal: ${text}`, () => {
    assert.deepEqual(describeRefusal(status, body, retryAfter), { kind: "failed", text, notes: [] });
  });
}

test("silence is told without a status", () => {
  assert.match(describeSilence(true).text, /can't be reached/);
  assert.match(describeSilence(false).text, /offline/);
});

test("a stop is the user's own", () => {
  assert.deepEqual(describeStop(2300), { kind: "stopped", text: "Stopped by you after 2.3 s.", notes: [] });
});
