// How a run, or a failed request, is told in words. No page needed: strings in, strings out. src/app/outcome_words.cc has the
// same words for browsers without JavaScript.
//
// Everything here returns {kind, text, notes}: `kind` is "ok", "ended", "stopped" or "failed" and serves the style sheet only;
// `text` says how it ended, `notes` what else is worth knowing.

import { explainCalls } from "./calls.js";

const LIMITS = {
  wall: "time",
  cpu: "processor time",
  memory: "memory",
  output: "output",
  disk: "disk",
  threads: "thread",
};

const CUTS = {
  stdout: "Standard output was cut off.",
  stderr: "Standard error was cut off.",
  files: "Not all files that the program left are here.",
  plots: "Not all figures are here.",
};

const REFUSALS = {
  401: "You are not allowed to run programs here",
  408: "The program took too long to arrive",
  413: "The program is too large",
  429: "Too many programs in a short time",
  502: "No backend can be reached",
  503: "The service is busy",
  504: "No backend answered in time",
};

// In the place of the error's message: the header that programs send a token by is no help to whoever types it in, and that there
// are too many is said already.
const REASONS = { 401: "the token is missing, or not the right one", 429: "" };

/**
 * The outcome of a program that was run.
 * @param {object} reply the body of a 200 of POST /python, or a stream's last line
 */
export function describeRun(reply) {
  const { kind, what, reason } = ending(reply);
  const text = `${what}${duration(reply.duration_ms)}${reason ? `: ${reason}` : ""}.`;
  const notes = Object.keys(CUTS).filter((what) => reply.truncated?.[what]).map((what) => CUTS[what]);
  if (reply.denied?.length) {
    const and = reply.status === "ok" ? ", and the program went on" : "";
    notes.push(`The sandbox refused something${and}: ${explainCalls(reply.denied)}.`);
  }
  return { kind, text, notes };
}

/**
 * What was measured of a run, for a list.
 * @param {string|null} backend the name in X-Playground-Backend
 * @returns {[string, string][]}
 */
export function factsOf(reply, backend) {
  const facts = [];
  if (typeof reply.duration_ms === "number") {
    facts.push(["Time", inTime(reply.duration_ms)]);
  }
  if (typeof reply.cpu_ms === "number") {
    facts.push(["CPU", inTime(reply.cpu_ms)]);
  }
  if (typeof reply.memory_kb === "number") {
    facts.push(["Memory", reply.memory_kb < 1024 ? `${reply.memory_kb} KB` : `${(reply.memory_kb / 1024).toFixed(1)} MB`]);
  }
  if (backend) {
    facts.push(["Answered by", backend]);
  }
  return facts;
}

/**
 * A reply that is no result: nothing was run, or nothing is known of it.
 * @param {number} status
 * @param {object|null} body the reply's JSON, null where it had none
 * @param {string|null} retryAfter seconds, from the header
 */
export function describeRefusal(status, body, retryAfter) {
  const detail = status in REASONS ? REASONS[status] : body?.error?.message?.replace(/(; try again)?\.?$/, "");
  const what = REFUSALS[status] ?? (status >= 500 ? "The service failed" : "The service refused the program");
  const again = retryAfter ? ` Try again in ${inWaiting(retryAfter)}.` : "";
  return { kind: "failed", text: `${what} (${status})${detail ? `: ${detail}` : ""}.${again}`, notes: [] };
}

/** A request that got no reply at all. */
export function describeSilence(online) {
  const text = online
    ? "The service can't be reached. Check the connection and run again."
    : "You are offline: the program can run when the connection is back.";
  return { kind: "failed", text, notes: [] };
}

/** A reply that broke off: what had come of it is shown. */
export function describeBreak() {
  return { kind: "failed", text: "The connection was lost while the program ran. Run it again.", notes: [] };
}

/** A run that the user stopped. */
export function describeStop(milliseconds) {
  return { kind: "stopped", text: `Stopped by you${duration(milliseconds)}.`, notes: [] };
}

function ending(reply) {
  switch (reply.status) {
    case "ok":
      return { kind: "ok", what: "Finished" };
    case "error":
      return { kind: "ended", what: `Ended with exit code ${reply.exit_code}` };
    case "denied":
      return { kind: "stopped", what: "Stopped", reason: "a forbidden system call" };
    case "signal":
      if (!reply.limit) {
        return { kind: "ended", what: `Ended by signal ${reply.signal}` };
      }
  }
  // What is left was ended by a limit: "timeout" by wall or processor time, the others by their own.
  return { kind: "stopped", what: "Stopped", reason: `the ${LIMITS[reply.limit] ?? reply.status} limit for one run` };
}

function duration(milliseconds) {
  return typeof milliseconds === "number" ? ` after ${inTime(milliseconds)}` : "";
}

function inWaiting(seconds) {
  return seconds >= 120 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} s`;
}

function inTime(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
