// How a run, or a failed request, is told in words. No page needed: strings in, strings out.
//
// Everything here returns {kind, text}: `kind` is "ok", "ended", "stopped" or "failed" and serves the
// style sheet only; `text` alone says it all.

const LIMITS = {
  wall: "time",
  cpu: "processor time",
  memory: "memory",
  output: "output",
  disk: "disk",
  threads: "thread",
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

/**
 * The outcome of a program that was run.
 * @param {object} reply the body of a 200 of POST /python
 * @param {string|null} backend the name in X-Playground-Backend
 */
export function describeRun(reply, backend) {
  const { kind, what } = ending(reply);
  const sentences = [what + duration(reply.duration_ms) + (backend ? ` on backend ${backend}` : "")];
  const cut = ["stdout", "stderr"].filter((stream) => reply.truncated?.[stream]);
  for (const stream of cut) {
    sentences.push(stream === "stdout" ? "Standard output was cut off" : "Standard error was cut off");
  }
  if (reply.denied?.length) {
    sentences.push(`Refused system calls: ${reply.denied.join(", ")}`);
  }
  return { kind, text: sentences.map((sentence) => `${sentence}.`).join(" ") };
}

/**
 * A reply that is no result: nothing was run, or nothing is known of it.
 * @param {number} status
 * @param {object|null} body the reply's JSON, null where it had none
 * @param {string|null} retryAfter seconds, from the header
 */
export function describeRefusal(status, body, retryAfter) {
  const detail = body?.error?.message;
  const what = REFUSALS[status] ?? (status >= 500 ? "The service failed" : "The service refused the program");
  const again = retryAfter ? ` Try again in ${retryAfter} s.` : "";
  return { kind: "failed", text: `${what} (${status})${detail ? `: ${withoutStop(detail)}` : ""}.${again}` };
}

/** A request that got no reply at all. */
export function describeSilence() {
  return { kind: "failed", text: "The service can't be reached. Check the connection and run again." };
}

function ending(reply) {
  switch (reply.status) {
    case "ok":
      return { kind: "ok", what: "Finished with exit code 0" };
    case "error":
      return { kind: "ended", what: `Ended with exit code ${reply.exit_code}` };
    case "denied":
      return { kind: "stopped", what: "Stopped at a forbidden system call" };
    case "signal":
      if (!reply.limit) {
        return { kind: "ended", what: `Ended by signal ${reply.signal}` };
      }
  }
  // What is left was ended by a limit: "timeout" by wall or processor time, the others by their own.
  return { kind: "stopped", what: `Stopped at the ${LIMITS[reply.limit] ?? reply.status} limit` };
}

function duration(milliseconds) {
  if (typeof milliseconds !== "number") {
    return "";
  }
  return milliseconds < 1000 ? ` after ${Math.round(milliseconds)} ms` : ` after ${(milliseconds / 1000).toFixed(1)} s`;
}

function withoutStop(sentence) {
  return sentence.replace(/\.$/, "");
}
