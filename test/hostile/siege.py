"""Inside the fence: starts the server, sets the corpus on it one by one and all at once, and judges what is left of it.

Called by run.py through fence.py, never by hand: what is not contained hurts whoever is near.
"""

from __future__ import annotations

import http.client
import os
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "fidelity")]

import door  # noqa: E402
import door_data  # noqa: E402, F401  (each registers its cases)
import door_framing  # noqa: E402, F401
import door_load  # noqa: E402, F401
import figures  # noqa: E402
import humaneval  # noqa: E402
import innocent  # noqa: E402
from check import failure  # noqa: E402
from header import NEEDS, Program, load_all  # noqa: E402
from report import Report  # noqa: E402
from support.client import EVAL_PATH, Client  # noqa: E402
from support.playground import Playground  # noqa: E402
from traps import Traps  # noqa: E402

CONNECTIONS = 16
POOL_SIZE = 8
SCRATCH = Path("/dev/shm/scratch")
SCRATCH_MB = 16  # a source of ten megabytes fits
BODY_KB = 20 * 1024  # and one that doesn't fit there can be sent
# Small limits: an attack that takes all it can get is over soon, and so many fit into the fence.
SERVER = {
    "PLAYGROUND_UI_LISTEN": "127.0.0.1:5000", "PLAYGROUND_BACKEND_LISTEN": "127.0.0.1:6000",
    "PLAYGROUND_ADMIN_LISTEN": "127.0.0.1:9090", "PLAYGROUND_POOL_SIZE": str(POOL_SIZE), "PLAYGROUND_MAX_RUNNING": "8",
    "PLAYGROUND_MEMORY_MB": "64", "PLAYGROUND_SCRATCH_MB": str(SCRATCH_MB), "PLAYGROUND_OUTPUT_KB": "256", "PLAYGROUND_THREADS": "32",
    "PLAYGROUND_CPU_MS": "1000", "PLAYGROUND_MAX_BODY_KB": str(BODY_KB), "PLAYGROUND_SCRATCH_DIR": str(SCRATCH),
}
LARGEST = b'{"no such field": "' + b"#" * (BODY_KB * 1024 - 100) + b'"}'
BUSIEST = "import sys\nfor stream in (sys.stdout, sys.stderr): stream.write('\\x01' * 250_000)\n"


@dataclass
class Siege:
    """One server under attack. `have`: needs that it is said to meet."""

    server: Playground
    have: set[str]
    report: Report
    canaries: list[str] = field(default_factory=list)
    earlier: dict[str, frozenset] = field(default_factory=dict)  # what each program printed before

    def attack(self, program: Program, client: Client) -> str:
        """Runs one program as often as it asks for, then the innocents; why it failed, "" when it didn't."""
        for _ in range(program.repeat):
            answer = client.post_json(EVAL_PATH, program.body())
            reply, earlier = answer.json(), self.earlier.get(program.name, frozenset())
            told = failure(program, answer.status, reply, self.canaries, self.have, earlier)
            self.earlier[program.name] = earlier | {(name, reply.get(name)) for name in ("stdout", "stderr")}
            if told:
                break
        return told or innocent.touched(client)

    def one_by_one(self, programs: list[Program], neighbour: innocent.Neighbour) -> None:
        """Every program alone, but for a neighbour whose fate can so be told to be that program's work."""
        for program in programs:
            start = time.monotonic()
            with Client(self.server.backend) as client:
                told = self._guarded(lambda: self.attack(program, client))
            told = told or "; ".join(f"the neighbour: {problem}" for problem in neighbour.problems())
            self.report.add(program.name, "alone", told, program.asks, time.monotonic() - start)
            self._expect_life(program.name)
        for name in door.CASES:
            told, seconds = door.run(name, self._door())
            with Client(self.server.backend) as client:
                told = told or self._guarded(lambda: innocent.touched(client))
            self.report.add(name, "alone", told, frozenset(), seconds)
            self._expect_life(name)

    def across_zygotes(self, programs: list[Program]) -> None:
        """Those that try to foretell what another zygote's programs get: each run has a zygote of its own."""
        for program in programs:
            start, told = time.monotonic(), ""
            for _ in range(program.repeat):
                figures.renew_zygote(self.server, POOL_SIZE)
                with Client(self.server.backend) as client:
                    told = told or self._guarded(lambda: self.attack(replace(program, repeat=1), client))
            self.report.add(program.name, "alone", told, program.asks, time.monotonic() - start)

    def all_at_once(self, programs: list[Program]) -> None:
        """The whole corpus over CONNECTIONS connections."""
        work: list[Program | str] = [*programs, *door.CASES]
        lock = threading.Lock()

        def next_one() -> Program | str | None:
            with lock:
                return work.pop() if work else None

        def besiege() -> None:
            with Client(self.server.backend) as client:
                while (one := next_one()) is not None and figures.alive(self.server):
                    start = time.monotonic()
                    if isinstance(one, str):
                        told, _ = door.run(one, self._door())
                        self.report.add(one, "together", told, frozenset(), time.monotonic() - start)
                    else:
                        told = self._guarded(lambda: self.attack(one, client))
                        self.report.add(one.name, "together", told, one.asks, time.monotonic() - start)

        threads = [threading.Thread(target=besiege) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._expect_life("all at once")

    def warm_up(self) -> None:
        """What the busiest moment of the siege allocates once and keeps: see figures.MEMORY_KB."""

        def busy() -> None:
            with Client(self.server.backend) as client:
                client.evaluate(BUSIEST)
                client.post(EVAL_PATH, LARGEST, "application/json")
                innocent.touched(client)

        for name in door.CASES:  # what fails here fails again when it counts
            door.run(name, self._door())
        threads = [threading.Thread(target=busy) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def humaneval(self, corpus: Path, runs: int) -> None:
        """Harmless programs on what is left of the server."""
        tally = humaneval.send_all(humaneval.read_corpus(corpus), runs, f"http://{self.server.ui}/python", CONNECTIONS)
        self.report.note(f"HumanEval: {tally.summary()}")
        self.report.finding("HumanEval", tally.differences[:10])
        if tally.total != runs:
            self.report.finding("HumanEval", [f"{tally.total} runs of {runs}"])

    def _door(self) -> door.Door:
        return door.Door(self.server.ui, self.server.backend, BODY_KB << 10, SCRATCH_MB << 20)

    def _expect_life(self, after: str) -> None:
        if not figures.alive(self.server):
            raise AssertionError(f"the server died: {after}")

    def _guarded(self, attack: Callable[[], str]) -> str:
        try:
            return attack()
        except (OSError, http.client.HTTPException, ValueError) as error:
            return f"no reply: {type(error).__name__}: {error}"


def choose(only: Iterable[str], have: set[str], report: Report) -> list[Program]:
    """The programs to run here; those that are left out are reported with the reason."""
    limits, machine = set(os.environ["FENCE_LIMITS"].split()), os.uname().machine
    chosen = []
    for program in load_all():
        if only and not any(word in program.name for word in only):
            continue
        if not program.fence <= limits:
            report.skip(program.name, f"the fence has no limit of {', '.join(sorted(program.fence - limits))} here")
        elif program.machine and machine not in program.machine:
            report.skip(program.name, f"not on {machine}")
        elif not program.needs <= have:
            report.skip(program.name, f"needs {', '.join(sorted(program.needs - have))}")
        else:
            chosen.append(program)
    return chosen


def environment(mode: str, canary: str) -> dict[str, str]:
    """The server's environment; the canary is what a program must not find there."""
    more = {"PLAYGROUND_LANDLOCK_ABI_MAX": "1"} if mode == "t0-abi1" else {}
    # By default glibc, once it has freed a block of megabytes, keeps such blocks for itself: then memory says more about the
    # order of large requests than about a leak. With a fixed threshold they go back at once.
    return SERVER | more | {"CANARY": canary}


def besiege(siege: Siege, programs: list[Program], phases: set[str]) -> None:
    """All phases, and what must be as before after them."""
    siege.warm_up()
    renewing = [program for program in programs if "hash_seed" in program.needs]
    programs = [program for program in programs if program not in renewing]
    siege.across_zygotes(renewing)  # first, for it changes the zygote
    before = figures.take(siege.server, SCRATCH, POOL_SIZE)
    if "alone" in phases:
        with innocent.Neighbour(siege.server.backend) as neighbour:
            siege.canaries.append(neighbour.secret)
            siege.one_by_one(programs, neighbour)
        siege.canaries.pop()
        siege.report.finding("after one by one", figures.settled(siege.server, SCRATCH, POOL_SIZE, before))
    if "together" in phases:
        siege.all_at_once(programs)
        siege.report.finding("after all at once", figures.settled(siege.server, SCRATCH, POOL_SIZE, before))
    if corpus := os.environ.get("HUMANEVAL_CORPUS"):
        siege.humaneval(Path(corpus), int(os.environ["HUMANEVAL_RUNS"]))
        siege.report.finding("after HumanEval", figures.settled(siege.server, SCRATCH, POOL_SIZE, before))
    after = figures.take(siege.server, SCRATCH, POOL_SIZE)
    for name in ("memory_kb", "descriptors", "children"):
        siege.report.note(f"{name}: {getattr(before, name)} before, {getattr(after, name)} after")


def main(mode: str, have: str, phases: str, *only: str) -> int:
    """Arguments as run.py gives them; 0 when everything was contained."""
    report = Report(mode)
    canary = os.environ.pop("FENCE_CANARY")
    needs = set(have.split(",")) - {"none"} if have else set(NEEDS)
    programs = choose(only, needs, report)
    if only:
        door.keep_only(only)
    SCRATCH.mkdir()
    server = Playground("all", environment=environment(mode, canary))
    try:
        with Traps() as traps, server:
            besiege(Siege(server, needs, report, [canary]), programs, set(phases.split(",")))
            report.finding("traps", [f"{name} was reached {n} times" for name, n in Counter(traps.touched()).items()])
        report.finding("after the end", [f"left in the scratch directory: {name}" for name in os.listdir(SCRATCH)])
    except AssertionError as error:
        report.finding("server", [str(error)])
    except Exception:  # what was found until then is worth telling
        report.finding("siege", [traceback.format_exc()])
    report.print()
    return 0 if report.passed() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
