"""Instructions of user space for one operation of the program `counts`, by valgrind: the same number each time.

What the program needs to start and end drops out, because a run that does twice the work is compared with one that does it once.
"""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support.playground import binary

# Libraries choose their code by these, and valgrind shows them as the processor has them; what is newer it hides.
NEEDED_FLAGS = {"avx2", "bmi1", "bmi2", "f16c", "rdrand"}

SECONDS = 100  # of one run: a guard against hanging


def lacking_flags() -> set[str]:
    """Of NEEDED_FLAGS those that this processor has not."""
    line = re.search(r"^flags\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    return NEEDED_FLAGS - set(line[1].split() if line else [])


def measure(operation: str) -> float:
    """Instructions that the operation takes each time."""
    with ThreadPoolExecutor() as pool:
        once, twice = pool.map(lambda rounds: _run(operation, rounds), (1, 2))
    return (twice[1] - once[1]) / (twice[0] - once[0])


def _run(operation: str, rounds: int) -> tuple[int, int]:
    """How often the operation was done, and how many instructions that took."""
    # No environment: its size moves the stack, on which the copying of blocks depends.
    done = subprocess.run(
        ["/usr/bin/valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
         str(binary().with_name("counts")), operation, str(rounds)],
        env={}, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    total = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    assert total, done.stderr
    return int(done.stdout), int(total[1].replace(",", ""))
