// A stand-in between the browser and the real ui: everything goes through but POST /python, which the test answers as it likes,
// piece by piece, and, where the test says what is to be told there, GET /py/versions. For what a program can't be made to do at the right moment, or at all.

import http from "node:http";
import { once } from "node:events";

/**
 * @param {string} url the real ui's
 * @returns {Promise<{url: string, answer: (handler: (body: object, reply: Reply) => void) => void,
 *   tellVersions: (names: string[]|null) => void, stop: () => Promise<void>}>} `tellVersions`: null is the real ui's answer
 */
export async function startStandIn(url) {
  let handler = null;
  let versions = null;
  const server = http.createServer((request, response) => {
    if (request.method === "POST" && request.url === "/python") {
      receive(request).then((text) => handler(JSON.parse(text), new Reply(request, response)));
    } else if (request.url === "/py/versions" && versions) {
      new Reply(request, response).send(200, versions);
    } else {
      passOn(url, request, response);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    answer: (next) => (handler = next),
    tellVersions: (names) => (versions = names && {
      default: names[0], versions: names.map((name) => ({ name, version: "3.11.2", implementation: "cpython", tier: "T1", modules: [] })),
    }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export const ENDED = {
  status: "ok", limit: null, exit_code: 0, signal: null, denied: [], truncated: { stdout: false, stderr: false },
  duration_ms: 12.4, cpu_ms: 11, memory_kb: 2048,
};

/** A reply that the test sends when it likes. */
export class Reply {
  #response;
  /** Fulfilled when the browser has gone away. */
  gone;

  constructor(request, response) {
    this.#response = response;
    this.gone = once(response, "close");
  }

  /** A whole reply. */
  send(status, body, headers = {}) {
    this.#response.writeHead(status, { "Content-Type": "application/json", "X-Playground-Backend": "gcp", ...headers });
    this.#response.end(typeof body === "string" ? body : JSON.stringify(body));
  }

  /** Begins a stream. */
  begin() {
    this.#response.writeHead(200, { "Content-Type": "application/x-ndjson", "X-Playground-Backend": "gcp" });
    this.#response.flushHeaders();
  }

  /** A line of a stream. Waits where the browser does not keep up. */
  async line(value) {
    if (!this.#response.write(`${JSON.stringify(value)}\n`)) {
      await Promise.race([once(this.#response, "drain"), this.gone]);
    }
  }

  end(fields = {}) {
    this.#response.end(`${JSON.stringify({ ...ENDED, ...fields })}\n`);
  }

  /** Ends the connection in the midst of the reply. */
  cut() {
    this.#response.socket.end();
  }
}

async function receive(request) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function passOn(url, request, response) {
  const { host, ...headers } = request.headers;
  const onward = http.request(new URL(request.url, url), { method: request.method, headers }, (reply) => {
    response.writeHead(reply.statusCode, reply.headers);
    reply.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}
