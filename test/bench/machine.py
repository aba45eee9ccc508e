"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from pathlib import Path

QUIET_SHARE = 0.1  # of all cores: a machine that is busier before the start gives noisy numbers


def describe() -> dict[str, object]:
    """The machine and what is installed on it; an unknown item is "unknown"."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": cpu_model(Path("/proc/cpuinfo").read_text()),
        "kernel": platform.release(),
        "python": _output("/usr/bin/python3", "-c", "import platform; print(platform.python_version())"),
        "flask": _version("python3-flask"),
        "gunicorn": _version("gunicorn"),
        "wrk": _version("wrk"),
        "bubblewrap": _version("bubblewrap"),
    }


def busy_share(seconds: float) -> float:
    """How much of all cores is in use, from 0 to 1, during the next `seconds`: best asked while idle."""
    before = _jiffies()
    time.sleep(seconds)
    idle, total = (after - first for after, first in zip(_jiffies(), before))
    return 1 - idle / total if total else 0.0


def cpu_model(cpuinfo: str) -> str:
    """The model's name as /proc/cpuinfo has it; not every architecture tells one."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return "unknown"


def _jiffies() -> tuple[int, int]:
    """Idle and total time of all cores since boot (proc(5), stat)."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return fields[3] + fields[4], sum(fields)


def _version(package: str) -> str:
    return _output("dpkg-query", "-W", "-f", "${Version}", package)


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
