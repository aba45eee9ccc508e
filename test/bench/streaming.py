"""What streams and batches cost: the memory of a server whose client is slow, a reply of 10 MB, the time to a first line,
and how callers fare beside a batch.

    /usr/bin/python3 test/bench/streaming.py [--binary build/release/playground] [--rounds 5] [--write-docs]

Nothing is asserted. Exit code: 0, 1 when a server or a load failed, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
from report import table  # noqa: E402
from support.client import EVAL_PATH, PYTHON_PATH, Client  # noqa: E402
from support.playground import Playground  # noqa: E402

JSON, LINES = "application/json", "application/x-ndjson"
MB = 1_000_000
STREAM_MB, REPLY_MB, READER_MB_S = 100, 10, 20
EVALUATIONS = 300  # for a median
LEAVERS = 40
BESIDE = 400  # for a 99th percentile
ITEMS = 20_000  # of a batch that lasts longer
PRINTS = f"line = 'x' * 999\nfor _ in range({STREAM_MB * 1000}): print(line)"
WRITES = f"import sys\nsys.stdout.write('x' * {REPLY_MB * MB})"
HELLO = "print('hello')"
TICKS = "import time\nfor _ in range(30): print(time.time()); time.sleep(0.1)"
SILENT = "import time\nprint('begun')\ntime.sleep(60)"
FLOOD = "while True: print('x' * 1000)"
BUSY = "s = 0\nfor i in range(3_000_000): s += i"


def slow_reader() -> dict[str, list[float]]:
    """For each role: what the server's memory grew by while it passed 100 MB on to a client that reads 20 MB a second."""
    found = {}
    options = {"PLAYGROUND_STREAM_MB": "128", "PLAYGROUND_TIMEOUT_MS": "120000"}
    for role, path in (("backend", EVAL_PATH), ("ui", PYTHON_PATH)):
        with Playground("all", environment=options) as server:
            address = str(getattr(server, role))
            read_slowly(address, path, "print(1)", server.pid)
            before = resident_kb(server.pid)
            begun = time.perf_counter()
            total, peak = read_slowly(address, path, PRINTS, server.pid)
            found[role] = [total / MB, time.perf_counter() - begun, (peak - before) / 1024]
    return found


def read_slowly(address: str, path: str, code: str, pid: int) -> tuple[int, int]:
    """How many bytes came, and the most memory in KiB that the server had meanwhile."""
    response = ask(address, path, {"code": code}, LINES)
    total, peak, begun = 0, 0, time.perf_counter()
    while part := response.read1(65536):
        total += len(part)
        peak = max(peak, resident_kb(pid))
        time.sleep(max(0.0, total / (READER_MB_S * MB) - (time.perf_counter() - begun)))
    return total, peak


def large_reply(rounds: int) -> dict[str, float]:
    """Medians in ms: the program by itself with its output read from a pipe, and the whole reply that brings it, by turns."""
    alone, whole = [], []
    with Playground("backend", environment={"PLAYGROUND_OUTPUT_KB": str(2 * REPLY_MB * 1000)}) as server:
        for _ in range(rounds):
            begun = time.perf_counter()
            subprocess.run(["/usr/bin/python3", "-c", WRITES], stdout=subprocess.PIPE, check=True)
            alone.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
            body = ask(str(server.backend), EVAL_PATH, {"code": WRITES}, JSON).read()
            whole.append((time.perf_counter() - begun) * 1000)
            assert len(json.loads(body)["stdout"]) == REPLY_MB * MB
    return {"alone": statistics.median(alone), "whole": statistics.median(whole)}


def first_line() -> dict[str, list[float]]:
    """Medians in ms for each role: until hello's first line has come, until its last one, and for the whole reply."""
    found = {}
    with Playground("all") as server:
        for role, path in (("backend", EVAL_PATH), ("ui", PYTHON_PATH)):
            took: list[list[float]] = [[], [], []]
            with Client(str(getattr(server, role))) as client:
                for _ in range(EVALUATIONS):
                    begun = time.perf_counter()
                    client.evaluate(HELLO, path)
                    took[2].append((time.perf_counter() - begun) * 1000)
            connection = http.client.HTTPConnection(str(getattr(server, role)))
            for _ in range(EVALUATIONS):
                begun = time.perf_counter()
                response = ask(connection, path, {"code": HELLO}, LINES)
                response.readline()
                took[0].append((time.perf_counter() - begun) * 1000)
                response.read()
                took[1].append((time.perf_counter() - begun) * 1000)
            connection.close()
            found[role] = [statistics.median(times) for times in took]
    return found


def lines_as_printed() -> dict[str, list[float]]:
    """For each role, of a line every 100 ms: how many ms after its print it was read, median and most."""
    found = {}
    with Playground("all") as server:
        for role, path in (("backend", EVAL_PATH), ("ui", PYTHON_PATH)):
            response = ask(str(getattr(server, role)), path, {"code": TICKS}, LINES)
            late = []
            while line := response.readline():
                for stamp in json.loads(line).get("stdout", "").split():
                    late.append((time.time() - float(stamp)) * 1000)
            found[role] = [statistics.median(late), max(late)]
    return found


def client_leaves() -> dict[str, list[float]]:
    """For each role, of a silent and of a flooding program: how many ms after its client has closed nothing runs any more,
    median and most."""
    found = {}
    with Playground("all") as server, Client(str(server.admin)) as admin:
        def running() -> int:
            return admin.get("/debug/state").json()["backend"]["pool"]["running"]

        for role, path in (("backend", EVAL_PATH), ("ui", PYTHON_PATH)):
            took = []
            for code in (SILENT, FLOOD) * (LEAVERS // 2):
                connection = http.client.HTTPConnection(str(getattr(server, role)))
                response = ask(connection, path, {"code": code}, LINES)
                response.readline()
                begun = time.perf_counter()
                response.close()
                connection.close()
                while running() > 0:
                    pass
                took.append((time.perf_counter() - begun) * 1000)
            found[role] = [statistics.median(took), max(took)]
    return found


def beside_a_batch(rounds: int) -> dict[str, list[float]]:
    """p50 and p99 in ms of hello, one at a time: alone and beside batches, by turns, medians of the rounds."""
    servers = {share: Playground("backend", environment={"PLAYGROUND_BATCH_SHARE": str(share),
                                                         "PLAYGROUND_BATCH_ITEMS": str(ITEMS)}) for share in (50, 25, 1)}
    ways = [("alone", 50, ""), ("hellos, share 50", 50, HELLO), ("computing, share 50", 50, BUSY),
            ("computing, share 25", 25, BUSY), ("computing, share 1", 1, BUSY)]
    seen: dict[str, list[list[float]]] = {name: [] for name, _, _ in ways}
    with contextlib.ExitStack() as stack:
        addresses = {share: str(stack.enter_context(server).backend) for share, server in servers.items()}
        for _ in range(rounds):
            for name, share, code in ways:
                with batch_of(code, addresses[share]) if code else contextlib.nullcontext():
                    took = sorted(hello_ms(addresses[share], BESIDE))
                seen[name].append([statistics.median(took), took[int(len(took) * 0.99)]])
    return {name: [statistics.median(values) for values in zip(*runs)] for name, runs in seen.items()}


@contextlib.contextmanager
def batch_of(code: str, address: str) -> Iterator[None]:
    """While a batch of it runs, read by another process, so that this one can measure."""
    connection = http.client.HTTPConnection(address)
    connection.request("POST", "/py/batch", json.dumps([{"code": code}] * ITEMS), {"Content-Type": JSON})
    with subprocess.Popen(["cat"], stdin=connection.sock.fileno(), stdout=subprocess.DEVNULL) as reader:
        yield
        assert reader.poll() is None, "the batch ended too early"
        connection.close()
        reader.kill()


def hello_ms(address: str, count: int) -> list[float]:
    """How long each took."""
    took = []
    with Client(address) as client:
        for _ in range(count):
            begun = time.perf_counter()
            client.evaluate(HELLO)
            took.append((time.perf_counter() - begun) * 1000)
    return took


def ask(where: str | http.client.HTTPConnection, path: str, fields: dict, accept: str) -> http.client.HTTPResponse:
    """A request of which the reply is still to be read."""
    connection = http.client.HTTPConnection(where) if isinstance(where, str) else where
    connection.request("POST", path, json.dumps(fields), {"Content-Type": JSON, "Accept": accept})
    return connection.getresponse()


def resident_kb(pid: int) -> int:
    """The server's own resident memory, without that of its interpreters."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def tables(found: dict[str, dict]) -> str:
    """For people."""
    reply = found["reply"]
    return "\n".join([
        table((f"{STREAM_MB} MB to a client that reads {READER_MB_S} MB a second", "MB came", "seconds", "memory grew by, MB"),
              [[f"from the {role}", f"{mb:.0f}", f"{seconds:.1f}", f"{grown:.1f}"]
               for role, (mb, seconds, grown) in found["slow"].items()], text=(0,)),
        table((f"{REPLY_MB} MB of output", "ms"),
              [["the program by itself, read from a pipe", f"{reply['alone']:.0f}"],
               ["the whole evaluation, one JSON reply", f"{reply['whole']:.0f}"]], text=(0,)),
        table(("hello, ms, p50", "first line", "last line", "one reply"),
              [[role, *(f"{value:.2f}" for value in values)] for role, values in found["first"].items()], text=(0,)),
        table(("a line each 100 ms, ms from print to reader", "p50", "most"),
              [[role, *(f"{value:.1f}" for value in values)] for role, values in found["lines"].items()], text=(0,)),
        table(("a client leaves, ms until its program is gone", "p50", "most"),
              [[role, *(f"{value:.1f}" for value in values)] for role, values in found["leaves"].items()], text=(0,)),
        table(("hello, one at a time, beside a batch", "p50 ms", "p99 ms"),
              [[name, *(f"{value:.2f}" for value in values)] for name, values in found["batch"].items()], text=(0,))])


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    found = {"slow": slow_reader(), "reply": large_reply(options.rounds), "first": first_line(),
             "lines": lines_as_printed(), "leaves": client_leaves(), "batch": beside_a_batch(options.rounds)}
    command.publish(options, {"streaming": f"{command.introduce(options)}.\n\n{tables(found)}"}, found)
    return 0


def main(words: list[str]) -> int:
    """The command; its exit code."""
    parser = command.parser("What streams and batches cost.", "streaming.json")
    command.add_rounds(parser, 5)  # of the large reply, and of the batches
    return command.run(work, command.checked(parser, words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
