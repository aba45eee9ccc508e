#!/usr/bin/env python3
"""Sets the hostile corpus on the real server, behind the fence.

    run.py [--mode best|t0|t0-abi1] [--have landlock,uid,…] [--phases alone,together] [WORD…]
    run.py --image IMAGE [--have …] [--phases …] [WORD…]
    run.py --then-humaneval CORPUS.jsonl.gz [--runs 1000] …
    run.py --show PROGRAM

WORDs choose programs by a part of their names. --have: run only those whose needs are among these (default: all; `none`:
those without any). --then-humaneval: when the siege is over, so many programs of a corpus in HumanEval's format go through ui and
backend of the same server; each must end as under Python itself, and the server must be as before.
--image: the fence is a container of that image (container.py), and the server is the one in it, in mode t0.
The server is $PLAYGROUND_BINARY, or the release build. Exit code 0: all contained; 77: no fence is to be had here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fence import MODES  # noqa: E402
from header import NEEDS, PROGRAMS, load  # noqa: E402
from support.playground import binary  # noqa: E402

PHASES = ("alone", "together")


def command(mode: str, have: str = "", phases: str = ",".join(PHASES), only: tuple[str, ...] = (),
            corpus: Path | None = None, runs: int = 0) -> list[str]:
    """The command line that runs a siege inside a fence of `mode`; with a corpus, that many runs of it afterwards.

    Inside, the tests, the build and the corpus are below /mnt: where they really are may be closed to other users.
    """
    server = binary()
    bind = ["--bind", f"{HERE.parent}=test", "--bind", f"{server.parent}=build"]
    variables = [f"PLAYGROUND_BINARY=/mnt/build/{server.name}"]
    if corpus is not None:
        bind += ["--bind", f"{corpus.absolute().parent}=corpus"]
        variables += [f"HUMANEVAL_CORPUS=/mnt/corpus/{corpus.name}", f"HUMANEVAL_RUNS={runs}"]
    return [sys.executable, str(HERE / "fence.py"), "--mode", mode, *bind, "--", "env", *variables,
            sys.executable, "-B", "/mnt/test/hostile/siege.py", mode, have, phases, *only]


def command_in_container(image: str, have: str, phases: str, only: tuple[str, ...]) -> list[str]:
    """The same inside a container of an image, with the server and the Python that are in it."""
    return [sys.executable, str(HERE / "container.py"), "--image", image, "--bind", f"{HERE.parent}=test", "--",
            "/usr/bin/python3", "-B", "/mnt/test/hostile/siege.py", "t0", have, phases, *only]


def main() -> int:
    parser = argparse.ArgumentParser(description="Set the hostile corpus on the server, behind a fence.")
    parser.add_argument("--mode", choices=MODES, default="best")
    parser.add_argument("--image", help="attack the server of this image, in a container of it")
    parser.add_argument("--have", default="", help=f"comma-separated, of: {', '.join(NEEDS)}")
    parser.add_argument("--phases", default=",".join(PHASES))
    parser.add_argument("--then-humaneval", type=Path, metavar="CORPUS", help="gzipped JSON lines, sent afterwards")
    parser.add_argument("--runs", type=int, default=1000, help="programs of the corpus, round and round (%(default)s)")
    parser.add_argument("--show", metavar="PROGRAM", help="print a program as it is sent, and end")
    parser.add_argument("only", nargs="*", metavar="WORD")
    options = parser.parse_args()
    if options.show:
        print(load(PROGRAMS / f"{options.show}.py").source)
        return 0
    unknown = set(filter(None, options.have.split(","))) - {*NEEDS, "none"}
    if unknown or not set(options.phases.split(",")) <= set(PHASES):
        parser.error(f"unknown: {', '.join(unknown) or options.phases}")
    if options.image and (options.then_humaneval or options.mode != "best"):
        parser.error("--image has a mode of its own, and no corpus")
    if options.then_humaneval is not None and not (options.then_humaneval.is_file() and options.runs > 0):
        parser.error(f"no corpus {options.then_humaneval}, or no runs: {options.runs}")
    environment = {name: value for name, value in os.environ.items() if name != "PLAYGROUND_POOL_MODULE"}
    only = tuple(options.only)
    if options.image:
        siege = command_in_container(options.image, options.have, options.phases, only)
    else:
        siege = command(options.mode, options.have, options.phases, only, options.then_humaneval, options.runs)
    return subprocess.call(siege, env=environment)


if __name__ == "__main__":
    sys.exit(main())
