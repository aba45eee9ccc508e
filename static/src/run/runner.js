// Runner: one run of a program, from the request to the outcome. It waits and asks again where the service says that it may,
// and leaves out what an older backend does not know.

import { jsonLines } from "./lines.js";
import { describeBreak, describeRefusal, describeRun, describeSilence, describeStop, factsOf } from "./outcome.js";

const TRIES = 5;
const LONGEST_WAIT_S = 30;
// Fields that a program runs without as well.
const OPTIONAL = ["plots", "files_out"];

/**
 * @typedef {object} Listener
 * @property {(stream: "stdout"|"stderr", text: string) => void} output
 * @property {(text: string) => void} waiting told once a second while it waits to ask again
 * @property {() => void} started the service has taken the program
 *
 * @param {object} body of POST /python
 * @param {Listener} listener
 * @param {{signal: AbortSignal, token?: string, without?: Set<string>, ask?: typeof fetch, pause?: (ms: number, signal: AbortSignal) => Promise<void>}} how
 * `without` holds the fields that the backends turned out not to know; it is added to.
 * @returns {Promise<object>} {kind, text, notes, facts, figures, files, status}; never rejects
 */
export async function run(body, listener, { signal, token, without = new Set(), ask = fetch, pause = sleep }) {
  const begun = performance.now();
  const sent = { ...body };
  without.forEach((field) => delete sent[field]);
  let printed = false;
  const output = (stream, text) => {
    if (text) {
      printed = true;
      listener.output(stream, text);
    }
  };
  try {
    for (let attempt = 1; ; attempt++) {
      const response = await ask("/python", { method: "POST", headers: headers(token), body: JSON.stringify(sent), signal });
      const backend = response.headers.get("X-Playground-Backend");
      if (!response.ok) {
        const error = await errorOf(response);
        const unknown = OPTIONAL.find((field) => error?.code === "unknown_field" && error.field === field && field in sent);
        if (unknown) {
          delete sent[unknown];
          without.add(unknown);
          continue;
        }
        const retryAfter = response.headers.get("Retry-After");
        if (![429, 503].includes(response.status) || attempt >= TRIES) {
          return { ...describeRefusal(response.status, { error }, retryAfter), status: response.status };
        }
        await wait(response.status, Number(retryAfter) || attempt, attempt, listener, signal, pause);
        continue;
      }
      listener.started();
      const end = await readReply(response, output, signal);
      if (end) {
        return outcomeOf(end, backend);
      }
      // A backend that was lost before the program had printed anything: to run it again changes nothing that anybody saw.
      if (printed || attempt >= TRIES) {
        return { ...describeBreak(), status: 200 };
      }
    }
  } catch {
    if (signal.aborted) {
      return { ...describeStop(performance.now() - begun), status: 0 };
    }
    return { ...describeSilence(globalThis.navigator?.onLine !== false), status: 0 };
  }
}

function headers(token) {
  const named = { "Content-Type": "application/json", Accept: "application/x-ndjson, application/json" };
  return token ? { ...named, Authorization: `Bearer ${token}` } : named;
}

function isStream(response) {
  return (response.headers.get("Content-Type") ?? "").startsWith("application/x-ndjson");
}

// What came of the program, null where the reply broke off.
async function readReply(response, output, signal) {
  let end = null;
  try {
    for await (const part of isStream(response) ? jsonLines(response.body) : [await response.json()]) {
      output("stdout", part.stdout);
      output("stderr", part.stderr);
      end = "status" in part ? part : end;
    }
  } catch {
    // The connection's end, or what is no JSON.
    signal.throwIfAborted();
    return null;
  }
  return end;
}

async function errorOf(response) {
  try {
    return (await response.json()).error ?? null;
  } catch {
    return null;
  }
}

async function wait(status, seconds, attempt, listener, signal, pause) {
  const why = status === 429 ? "Too many programs in a short time" : "The service is busy";
  for (let left = Math.min(Math.max(1, Math.ceil(seconds)), LONGEST_WAIT_S); left > 0; left--) {
    listener.waiting(`${why}. Trying again in ${left} s (${attempt + 1} of ${TRIES}).`);
    await pause(1000, signal);
  }
}

function outcomeOf(reply, backend) {
  return {
    ...describeRun(reply),
    facts: factsOf(reply, backend),
    figures: reply.plots ?? [],
    files: reply.files ?? [],
    status: 200,
  };
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
