#!/usr/bin/env python3
"""The reference: what the interpreter itself does with a program.

`main.py` lies in an empty folder, which is also the working directory, HOME and TMPDIR; the rest of
the environment is PATH and LANG; standard input, output and error are pipes.

As a command: `reference.py FILE…` runs programs and prints what the reference makes of them.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from outcome import Outcome
from program import Program, load

TIMEOUT_SECONDS = 60.0  # a guard against hanging


def interpreter() -> str:
    """The reference's interpreter: $PLAYGROUND_PYTHON or Debian's."""
    return os.environ.get("PLAYGROUND_PYTHON") or "/usr/bin/python3.11"


def run(program: Program, python: str | None = None, timeout: float = TIMEOUT_SECONDS,
        user: int | None = None) -> Outcome:
    """Runs `program` with `python` (default: `interpreter()`); its folder is gone afterwards.

    timeout: in seconds. user: whose id, of user and group, it runs under (default: the caller's; else
    the caller has to be root). Raises subprocess.TimeoutExpired (the program and its group are killed), OSError.
    """
    with tempfile.TemporaryDirectory(prefix="reference-") as folder:
        folder = os.path.realpath(folder)
        Path(folder, "main.py").write_bytes(program.source)
        identity = {}
        if user is not None:
            os.chown(folder, user, user)
            identity = {"user": user, "group": user, "extra_groups": []}
        environment = {
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder,
        }
        with subprocess.Popen(
                [python or interpreter(), "main.py", *program.args], cwd=folder, env=environment,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                start_new_session=True, **identity) as process:
            try:
                stdout, stderr = process.communicate(program.stdin.encode(), timeout)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
    return _outcome(stdout, stderr, process.returncode)


def _outcome(stdout: bytes, stderr: bytes, code: int) -> Outcome:
    if code < 0:
        status, exit_code, name = "signal", None, signal.Signals(-code).name
    else:
        status, exit_code, name = "error" if code else "ok", code, None
    return Outcome(status, stdout.decode("utf-8", "replace"), stderr.decode("utf-8", "replace"),
                   exit_code, name)


def main() -> int:
    parser = argparse.ArgumentParser(description="Run programs as the reference does.")
    parser.add_argument("--python", default=interpreter(), help="the interpreter (%(default)s)")
    parser.add_argument("program", nargs="+", type=Path)
    options = parser.parse_args()
    for path in options.program:
        outcome = run(load(path), options.python).stripped()
        print(f"== {path.name}: {outcome.status}, exit code {outcome.exit_code}, "
              f"signal {outcome.signal}\n-- stdout\n{outcome.stdout}\n-- stderr\n{outcome.stderr}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
