#!/usr/bin/env python3
"""Sets the hostile corpus on the real server, behind the fence.

    run.py [--mode best|t0|t0-abi1] [--have landlock,uid,…] [--phases alone,together] [WORD…]
    run.py --show PROGRAM

WORDs choose programs by a part of their names. --have: run only those whose needs are among these (default: all; `none`:
those without any).
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


def command(mode: str, have: str = "", phases: str = ",".join(PHASES), only: tuple[str, ...] = ()) -> list[str]:
    """The command line that runs a siege inside a fence of `mode`.

    Inside, the tests and the build are below /mnt: where they really are may be closed to other users.
    """
    server = binary()
    return [sys.executable, str(HERE / "fence.py"), "--mode", mode, "--bind", f"{HERE.parent}=test",
            "--bind", f"{server.parent}=build", "--", "env", f"PLAYGROUND_BINARY=/mnt/build/{server.name}",
            sys.executable, "-B", "/mnt/test/hostile/siege.py", mode, have, phases, *only]


def main() -> int:
    parser = argparse.ArgumentParser(description="Set the hostile corpus on the server, behind a fence.")
    parser.add_argument("--mode", choices=MODES, default="best")
    parser.add_argument("--have", default="", help=f"comma-separated, of: {', '.join(NEEDS)}")
    parser.add_argument("--phases", default=",".join(PHASES))
    parser.add_argument("--show", metavar="PROGRAM", help="print a program as it is sent, and end")
    parser.add_argument("only", nargs="*", metavar="WORD")
    options = parser.parse_args()
    if options.show:
        print(load(PROGRAMS / f"{options.show}.py").source)
        return 0
    unknown = set(filter(None, options.have.split(","))) - {*NEEDS, "none"}
    if unknown or not set(options.phases.split(",")) <= set(PHASES):
        parser.error(f"unknown: {', '.join(unknown) or options.phases}")
    environment = {name: value for name, value in os.environ.items() if name != "PLAYGROUND_POOL_MODULE"}
    return subprocess.call(command(options.mode, options.have, options.phases, tuple(options.only)), env=environment)


if __name__ == "__main__":
    sys.exit(main())
