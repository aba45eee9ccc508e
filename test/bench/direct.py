"""What answers no requests: the floor program, and a cold interpreter in a sandbox of bubblewrap."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from cost import SERVER
from wrk import LoadError, Measured

PATIENCE_SECONDS = 30
BUBBLEWRAP = ["bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib",
              "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--chdir", "/tmp"]



def measured(count: int, seconds: float, latencies: dict[str, float]) -> Measured:
    """A run without HTTP, in the form of one with it. Latencies by Measured's names, in ms."""
    return Measured(requests=count, seconds=seconds, bad_status=0, bad_body=0, connect_errors=0, read_errors=0,
                    write_errors=0, timeouts=0, sample="", **latencies)


def floor(binary: Path, program: Path, seconds: float, at_a_time: int) -> tuple[Measured, dict[str, float]]:
    """One run of the floor program with NAME.py, beside which is NAME.out: what it measured, and CPU ms for each
    evaluation by part. Raises LoadError."""
    try:
        ended = subprocess.run([binary, str(seconds), str(at_a_time), program, program.with_suffix(".out")],
                               capture_output=True, text=True, check=True, timeout=seconds + PATIENCE_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise LoadError(f"floor: {error}") from None
    told = json.loads(ended.stdout)
    latencies = {f"{name}_ms": told[f"{name}_us"] / 1000 for name in ("p50", "p90", "p99", "p999", "max")}
    return measured(told["count"], told["seconds"], latencies), {SERVER: told["cpu_us"] / 1000}


def bubblewrap(code: str, stdout: str, seconds: float, at_a_time: int) -> tuple[Measured, dict[str, float]]:
    """One run of `bwrap … python3 main.py`, again and again, so many at a time. What it costs in CPU is not known.
    Raises LoadError."""
    end = time.monotonic() + seconds
    latencies: list[float] = []
    wrong: list[str] = []

    def repeat(command: list[str]) -> None:
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

    with tempfile.TemporaryDirectory(prefix="playground-bench-") as folder:
        (Path(folder) / "main.py").write_text(code)
        command = [*BUBBLEWRAP, "--bind", folder, "/tmp", "/usr/bin/python3", "main.py"]
        start = time.monotonic()
        threads = [threading.Thread(target=repeat, args=(command,)) for _ in range(at_a_time)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - start
    if wrong or not latencies:
        raise LoadError(f"bubblewrap: {wrong[0] if wrong else 'no run'}")
    return measured(len(latencies), took, quantiles(latencies)), {}


def quantiles(latencies: list[float]) -> dict[str, float]:
    """By Measured's names."""
    ordered = sorted(latencies)
    shares = {"p50_ms": 0.5, "p90_ms": 0.9, "p99_ms": 0.99, "p999_ms": 0.999, "max_ms": 1.0}
    return {name: ordered[min(len(ordered) - 1, int(share * len(ordered)))] for name, share in shares.items()}
