"""What answers no requests: the floor program, and a cold interpreter in a sandbox of bubblewrap."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from wrk import LoadError, Measured

PATIENCE_SECONDS = 30
BUBBLEWRAP = ["bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib",
              "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--chdir", "/tmp"]


def measured(count: int, seconds: float, latencies: dict[str, float]) -> Measured:
    """A run without HTTP, in the form of one with it."""
    return Measured(requests=count, seconds=seconds, bad_status=0, bad_body=0, connect_errors=0, read_errors=0,
                    write_errors=0, timeouts=0, sample="", **latencies)


def floor(binary: Path, seconds: float, at_a_time: int) -> tuple[Measured, float]:
    """One run of the floor program: what it measured, and CPU ms for each evaluation. Raises LoadError."""
    try:
        ended = subprocess.run([binary, str(seconds), str(at_a_time)], capture_output=True, text=True, check=True,
                               timeout=seconds + PATIENCE_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise LoadError(f"floor: {error}") from None
    told = json.loads(ended.stdout)
    p50, p99 = told["p50_us"] / 1000, told["p99_us"] / 1000
    return measured(told["count"], told["seconds"], {"p50_ms": p50, "p90_ms": p99, "p99_ms": p99,
                                                     "max_ms": told["p999_us"] / 1000}), told["cpu_us"] / 1000


def bubblewrap(code: str, stdout: str, seconds: float, at_a_time: int) -> Measured:
    """One run of `bwrap … python3 main.py`, again and again, so many at a time. Raises LoadError."""
    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        (Path(folder) / "main.py").write_text(code)
        command = [*BUBBLEWRAP, "--bind", folder, "/tmp", "/usr/bin/python3", "main.py"]
        latencies: list[float] = []
        wrong: list[str] = []
        end = time.monotonic() + seconds

        def repeat() -> None:
            while time.monotonic() < end and not wrong:
                start = time.monotonic()
                try:
                    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
                except (OSError, subprocess.SubprocessError) as error:
                    wrong.append(str(error))
                    return
                if ended.stdout != stdout:
                    wrong.append(ended.stderr or f"printed {ended.stdout!r}")
                latencies.append(1000 * (time.monotonic() - start))

        start = time.monotonic()
        threads = [threading.Thread(target=repeat) for _ in range(at_a_time)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - start
    if wrong or not latencies:
        raise LoadError(f"bubblewrap: {wrong[0] if wrong else 'no run'}")
    latencies.sort()
    at = {"p50_ms": 0.5, "p90_ms": 0.9, "p99_ms": 0.99, "max_ms": 1.0}
    return measured(len(latencies), took, {name: latencies[min(len(latencies) - 1, int(share * len(latencies)))]
                                           for name, share in at.items()})
