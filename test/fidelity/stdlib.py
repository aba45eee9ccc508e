#!/usr/bin/env python3
"""Runs modules of the standard library's own tests through the service and by the interpreter itself, and
compares what came of each test.

    stdlib.py [--jobs N] [MODULE…]

The modules, and the limits that they need, stand in stdlib_modules.txt; by default all are run. The tests are those
that Debian's libpython3.11-testsuite installs beside the standard library, where programs may read them. The
server is one of its own ($PLAYGROUND_BINARY, or the release build). Prints the differences, in the list's
order, and the line `N of M modules identical, T tests`. Exit code 0 when all are identical, 1 when one
differs, 2 when nothing can be run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import reference
from outcome import Outcome
from program import Program

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.client import Client  # noqa: E402
from support.playground import Playground  # noqa: E402

FOLDER = Path(__file__).resolve().parent
LIST = FOLDER / "stdlib_modules.txt"
PROGRAM = FOLDER / "stdlib_program.py"
MOST = {"timeout": 300, "memory": 2048}  # seconds, MB
NOBODY = 65534  # what a server that root has started runs programs as

# Output, scratch space and descriptors are none of what is compared here.
ENVIRONMENT = {
    "PLAYGROUND_TIMEOUT_MS": str(1000 * MOST["timeout"]), "PLAYGROUND_MEMORY_MB": str(MOST["memory"]),
    "PLAYGROUND_OUTPUT_KB": "8192", "PLAYGROUND_MAX_RUNNING": "2", "PLAYGROUND_POOL_SIZE": "2",
}


@dataclass(frozen=True)
class Module:
    """A line of the list: `test_NAME [timeout=SECONDS] [memory=MB] [slow]`."""

    name: str
    timeout: int = 60  # seconds
    memory: int = 256  # MB
    slow: bool = False  # nothing for the tests of every day


def read_list(path: Path) -> list[Module]:
    """The modules in `path`, in its order. Raises OSError, and ValueError naming a line that is wrong."""
    modules = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        words = line.split("#")[0].split()
        if words:
            try:
                modules.append(_module(words[0], words[1:]))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {line!r}: {error}") from None
    return modules


def _module(name: str, words: list[str]) -> Module:
    limits = {}
    for word in words:
        limit, _, value = word.partition("=")
        if word == "slow":
            continue
        if limit not in MOST or not value.isdigit() or not 1 <= int(value) <= MOST[limit]:
            raise ValueError(f"{word!r} is neither slow nor a limit, 1 to {MOST}")
        limits[limit] = int(value)
    return Module(name, slow="slow" in words, **limits)


def choose(modules: list[Module], names: list[str]) -> list[Module]:
    """Those of `modules` that `names` names, all if it is empty. Raises ValueError for an unknown name."""
    unknown = set(names) - {module.name for module in modules}
    if unknown:
        raise ValueError(f"not in {LIST.name}: {', '.join(sorted(unknown))}")
    return [module for module in modules if not names or module.name in names]


def results(outcome: Outcome) -> Counter[tuple[str, str]]:
    """What came of each test: how often which name had which outcome. Raises ValueError when the program
    did not get to its last line."""
    if outcome.status != "ok" or not outcome.stdout:
        raise ValueError(f"{outcome.status}, signal {outcome.signal}: {outcome.stderr[-1000:]}")
    return Counter((name, result) for name, result in json.loads(outcome.stdout.splitlines()[-1]))


def compare_module(module: Module, address: str) -> tuple[int, str]:
    """How many tests `module` has, and where the backend at `address` differs; "" when it does not."""
    program = Program(module.name, PROGRAM.read_bytes(), args=(f"test.{module.name}",))
    limits = {"timeout_ms": 1000 * module.timeout, "memory_mb": module.memory}
    user = NOBODY if os.geteuid() == 0 else None
    try:
        expected = results(reference.run(program, timeout=module.timeout, user=user))
        with Client(address, timeout=2 * module.timeout) as client:
            actual = results(Outcome.of_reply(client.evaluate(**program.request(), **limits)))
    except subprocess.TimeoutExpired:
        return 0, f"the interpreter itself was not done after {module.timeout} s"
    except ValueError as error:
        return 0, str(error)
    told = [f"- {name}: {result}" for name, result in (expected - actual).elements()]
    told += [f"+ {name}: {result}" for name, result in (actual - expected).elements()]
    return expected.total(), "\n".join(sorted(told, key=lambda line: line[2:]))


def compare_all(modules: list[Module], address: str, jobs: int) -> int:
    """Prints the differences of `modules` and the closing line; the number of modules that differ."""
    different = tests = 0
    with ThreadPoolExecutor(jobs) as pool:
        for module, (count, told) in zip(modules, pool.map(lambda one: compare_module(one, address), modules)):
            tests += count
            if told:
                different += 1
                print(f"== {module.name}\n{told}", flush=True)
    print(f"{len(modules) - different} of {len(modules)} modules identical, {tests} tests")
    return different


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="modules at once (%(default)s)")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="as in stdlib_modules.txt (default: all)")
    options = parser.parse_args()
    try:
        modules = choose(read_list(LIST), options.modules)
        if options.jobs < 1:
            raise ValueError(f"--jobs must be at least 1, not {options.jobs}")
    except ValueError as error:
        print(f"stdlib.py: {error}", file=sys.stderr)
        return 2
    environment = ENVIRONMENT | {"PLAYGROUND_PYTHON": reference.interpreter()}
    with Playground("backend", environment=environment) as server:
        return 1 if compare_all(modules, server.backend, options.jobs) else 0


if __name__ == "__main__":
    sys.exit(main())
