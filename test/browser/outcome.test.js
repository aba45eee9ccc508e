// The words of static/outcome.js, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describeRefusal, describeRun, describeSilence } from "../../static/outcome.js";

const ended = (fields) => ({
  status: "ok", limit: null, exit_code: 0, signal: null, denied: [],
  truncated: { stdout: false, stderr: false }, duration_ms: 12.4, ...fields,
});

const runs = [
  [{}, "ok", "Finished with exit code 0 after 12 ms on backend gcp."],
  [{ duration_ms: 10_004 }, "ok", "Finished with exit code 0 after 10.0 s on backend gcp."],
  [{ status: "error", exit_code: 3 }, "ended", "Ended with exit code 3 after 12 ms on backend gcp."],
  [{ status: "timeout", limit: "wall", exit_code: null, signal: "SIGKILL" }, "stopped",
    "Stopped at the time limit after 12 ms on backend gcp."],
  [{ status: "timeout", limit: "cpu", exit_code: null, signal: "SIGXCPU" }, "stopped",
    "Stopped at the processor time limit after 12 ms on backend gcp."],
  [{ status: "output", limit: "output", truncated: { stdout: true, stderr: false } }, "stopped",
    "Stopped at the output limit after 12 ms on backend gcp. Standard output was cut off."],
  [{ status: "memory", limit: "memory" }, "stopped", "Stopped at the memory limit after 12 ms on backend gcp."],
  [{ status: "disk", limit: null }, "stopped", "Stopped at the disk limit after 12 ms on backend gcp."],
  [{ status: "signal", exit_code: null, signal: "SIGSEGV" }, "ended",
    "Ended by signal SIGSEGV after 12 ms on backend gcp."],
  [{ status: "signal", limit: "threads", exit_code: null, signal: "SIGKILL" }, "stopped",
    "Stopped at the thread limit after 12 ms on backend gcp."],
  [{ status: "denied", denied: ["ptrace"], exit_code: null, signal: "SIGSYS" }, "stopped",
    "Stopped at a forbidden system call after 12 ms on backend gcp. Refused system calls: ptrace."],
  [{ status: "error", exit_code: 1, denied: ["execve", "socket"] }, "ended",
    "Ended with exit code 1 after 12 ms on backend gcp. Refused system calls: execve, socket."],
  [{ denied: null, truncated: { stdout: true, stderr: true } }, "ok",
    "Finished with exit code 0 after 12 ms on backend gcp. Standard output was cut off. Standard error was cut off."],
];

for (const [fields, kind, text] of runs) {
  test(`run: ${text}`, () => {
    assert.deepEqual(describeRun(ended(fields), "gcp"), { kind, text });
  });
}

test("run: without the backend's name", () => {
  assert.equal(describeRun(ended({}), null).text, "Finished with exit code 0 after 12 ms.");
});

const refusals = [
  [502, { error: { code: "bad_gateway", message: "no backend can be reached" } }, null,
    "No backend can be reached (502): no backend can be reached."],
  [503, { error: { code: "queue_full", message: "The queue is full." } }, "2",
    "The service is busy (503): The queue is full. Try again in 2 s."],
  [504, null, null, "No backend answered in time (504)."],
  [413, null, null, "The program is too large (413)."],
  [418, null, null, "The service refused the program (418)."],
  [599, null, null, "The service failed (599)."],
];

for (const [status, body, retryAfter, text] of refusals) {
  test(`refusal: ${text}`, () => {
    assert.deepEqual(describeRefusal(status, body, retryAfter), { kind: "failed", text });
  });
}

test("silence is told without a status", () => {
  assert.equal(describeSilence().kind, "failed");
  assert.match(describeSilence().text, /can't be reached/);
});
