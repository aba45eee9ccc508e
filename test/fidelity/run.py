#!/usr/bin/env python3
"""Runs programs through the service and through the interpreter itself, and prints where they differ.

    run.py [--url http://127.0.0.1:5000/python] [--jobs N] DIRECTORY|FILE…

Without an address it starts a server of its own ($PLAYGROUND_BINARY, or the release build). Of a directory
all `*.py` are run, subdirectories not. A program is given the input that its header asks for (program.py);
modules that lie beside it are not sent along. Differences come in the order of the names, as unified
diffs; the last line is `N of M identical`. Exit code 0 when all are, 1 when one differs, 2 when there is
nothing to run.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import reference
from compare import difference, endpoint, evaluate
from program import load

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.client import Client, UnexpectedReply  # noqa: E402
from support.playground import Playground  # noqa: E402

# The service gives up where the reference does (reference.TIMEOUT_SECONDS).
_ENVIRONMENT = {"PLAYGROUND_TIMEOUT_MS": str(int(1000 * reference.TIMEOUT_SECONDS))}


def programs_in(paths: list[Path]) -> list[Path]:
    """The files that `paths` name, those of a directory by name. Raises ValueError for one that is missing
    or has no programs."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.glob("*.py") if file.is_file())
            if not inside:
                raise ValueError(f"no *.py in the directory {path}")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise ValueError(f"no such file or directory: {path}")
    return found


def compare_file(path: Path, url: str) -> str:
    """How the service at `url` differs from the reference over the program in `path`; "" when it does not."""
    address, route = endpoint(url)
    try:
        program = load(path)
        with Client(address, timeout=2 * reference.TIMEOUT_SECONDS) as client:
            return difference(reference.run(program), evaluate(client, route, program))
    except ValueError as error:
        return f"can't be sent: {error}"
    except subprocess.TimeoutExpired as error:
        return f"the interpreter itself was not done after {error.timeout:g} s"
    except (OSError, http.client.HTTPException, UnexpectedReply) as error:
        return f"{type(error).__name__}: {error}"


def compare_all(files: list[Path], url: str, jobs: int) -> int:
    """Prints the differences of all `files` and the closing line; the number of those that differ."""
    different = 0
    with ThreadPoolExecutor(jobs) as pool:
        for file, told in zip(files, pool.map(lambda path: compare_file(path, url), files)):
            if told:
                different += 1
                print(f"== {file}\n{told}", flush=True)
    print(f"{len(files) - different} of {len(files)} identical")
    return different


@contextlib.contextmanager
def service(url: str | None) -> Iterator[str]:
    """The /python of a server: the one at `url`, or of one that lives as long as the context."""
    if url is not None:
        yield url
        return
    environment = _ENVIRONMENT | {"PLAYGROUND_PYTHON": reference.interpreter()}
    with Playground("all", environment=environment) as server:
        yield f"http://{server.ui}/python"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", help="a running server's /python (default: one of its own)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="programs at once (%(default)s)")
    parser.add_argument("paths", nargs="+", type=Path, metavar="DIRECTORY|FILE")
    options = parser.parse_args()
    try:
        files = programs_in(options.paths)
        if options.url is not None:
            endpoint(options.url)
        if options.jobs < 1:
            raise ValueError(f"--jobs must be at least 1, not {options.jobs}")
    except ValueError as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 2
    with service(options.url) as url:
        return 1 if compare_all(files, url, options.jobs) else 0


if __name__ == "__main__":
    sys.exit(main())
