#!/usr/bin/env python3
"""Measures from the start of a container to its readiness, by image, and what a program's first `import matplotlib.pyplot`
costs in it: image_start.py [--rounds 10]

The time runs from `podman start` of a container that has been made to the first 200 of /readyz, and, within it, from the
start of the server's process (by the kernel) to the same: what podman takes itself is the difference. Images take turns.
Needs root, podman and the images of `make image`.
"""

from __future__ import annotations

import argparse
import http.client
import math
import os
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "image")]

from podman import FULL, SLIM, kernel, podman, restricted, tagged  # noqa: E402
from support.client import evaluate  # noqa: E402

# Names, image, what is preloaded.
CASES = {"playground-slim": (SLIM, ""), "playground, numpy": (FULL, "numpy"),
         "playground, numpy,pandas": (FULL, "numpy,pandas"),
         "playground, numpy,pandas,matplotlib": (FULL, "numpy,pandas,matplotlib"),
         "playground, numpy,pandas,matplotlib.pyplot": (FULL, "numpy,pandas,matplotlib.pyplot")}
IMPORT = "import time; start = time.perf_counter()\nimport matplotlib.pyplot\nprint(time.perf_counter() - start)"
POLL_SECONDS = 0.002


class Start(NamedTuple):
    """Seconds: from the container's start to readiness, from the process's, and the program's import (NaN without the module)."""

    whole: float
    own: float
    imported: float


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure from a container's start to its readiness.")
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    kernel.unshare(kernel.CLONE_NEWNET)
    kernel.set_up_loopback()
    measured: dict[str, list[Start]] = {name: [] for name in CASES}
    for _ in range(options.rounds):
        for name, (image, preload) in CASES.items():
            measured[name].append(start_to_ready(image, preload))
    print("| image, preloaded | from `podman start`, ms | of it the server's own, ms | own, least to most | import, ms |\n"
          "|---|---|---|---|---|")
    for name, starts in measured.items():
        whole, own, imported = ([seconds * 1000 for seconds in column] for column in zip(*starts))
        importing = statistics.median(imported)
        print(f"| {name} | {statistics.median(whole):.0f} | {statistics.median(own):.0f} | {min(own):.0f}–{max(own):.0f} "
              f"| {'–' if math.isnan(importing) else f'{importing:.2f}'} |")
    print(f"\nMedians of {options.rounds} rounds; load before the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    return 0


def start_to_ready(image: str, preload: str) -> Start:
    name = f"pg-start-{os.getpid()}"
    podman("create", f"--name={name}", "--network=host", *restricted(), f"--env=PLAYGROUND_PRELOAD={preload}",
           tagged(image), "backend")
    try:
        start = time.monotonic()
        podman("start", name)
        while not ready():
            time.sleep(POLL_SECONDS)
        end = time.monotonic()
        pid = int(podman("container", "inspect", "--format", "{{.State.Pid}}", name).stdout)
        told = evaluate("127.0.0.1:6000", IMPORT)["stdout"]
        return Start(end - start, end - process_start(pid), float(told or "nan"))
    finally:
        podman("rm", "--force", "--time=0", name)


def ready() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", 6000, timeout=5.0)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def process_start(pid: int) -> float:
    """When a process was made, on the clock of time.monotonic (which counts from boot, but for suspension); proc(5)."""
    ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[19])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
