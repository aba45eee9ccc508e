// The real server as a process of a test: free ports, known to be ready, stopped clean.
// What test/support/playground.py is to the Python tests.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import path from "node:path";
import readline from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const BINARY = process.env.PLAYGROUND_BINARY ?? path.join(ROOT, "build/release/playground");

// Guards against hanging on a broken server; no test measures with them.
const START_MS = 60_000;
const STOP_MS = 60_000;
const POLL_MS = 10;

/**
 * Starts role `all` and returns once it is ready.
 * @param {Object<string, string>} settings further variables
 * @param {string} binary another one than the build's
 * @returns {Promise<{url: string, stop: () => Promise<void>}>} the page's address; `stop` asserts
 *   that the server ends with 0.
 */
export async function startServer(settings = {}, binary = BINARY) {
  const child = spawn(binary, ["all"], {
    env: { ...environment(), ...settings },
    stdio: ["ignore", "ignore", "pipe"],
    detached: true, // a group of its own, for `kill`
  });
  const kill = () => killGroup(child.pid);
  process.once("exit", kill);
  const ended = once(child, "exit"); // rejects when the binary can't be started

  const log = [];
  const addresses = {};
  readline.createInterface(child.stderr).on("line", (line) => {
    log.push(line);
    const event = parse(line);
    if (event?.event === "listening") {
      addresses[event.role] = event.address;
    }
  });

  try {
    await Promise.race([
      ready(addresses),
      ended.then(([code]) => assert.fail(`the server ended with ${code}`)),
    ]);
  } catch (error) {
    kill();
    throw new Error(`${binary} all: ${error.message}\n${log.slice(-50).join("\n")}`);
  }

  return {
    url: `http://${addresses.ui}/`,
    async stop() {
      child.kill("SIGTERM");
      const late = pause(STOP_MS, ["still running"], { ref: false });
      const [code, signal] = await Promise.race([ended, late]);
      kill();
      process.removeListener("exit", kill);
      assert.equal(code, 0, `the server ended with ${code ?? signal}\n${log.slice(-50).join("\n")}`);
    },
  };
}

function environment() {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PLAYGROUND_"));
  return {
    ...Object.fromEntries(inherited),
    PLAYGROUND_UI_LISTEN: "127.0.0.1:0",
    PLAYGROUND_BACKEND_LISTEN: "127.0.0.1:0",
    PLAYGROUND_ADMIN_LISTEN: "127.0.0.1:0",
    PLAYGROUND_LOG_FORMAT: "json",
  };
}

/** Waits, asking again and again, until both roles have logged their address and answer /readyz. */
async function ready(addresses) {
  const deadline = Date.now() + START_MS;
  while (!((await isReady(addresses.backend)) && (await isReady(addresses.ui)))) {
    assert.ok(Date.now() < deadline, `not ready; listening: ${JSON.stringify(addresses)}`);
    await pause(POLL_MS);
  }
}

async function isReady(address) {
  if (!address) {
    return false;
  }
  try {
    return (await fetch(`http://${address}/readyz`)).ok;
  } catch {
    return false;
  }
}

function killGroup(leader) {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nobody is left in it.
  }
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
