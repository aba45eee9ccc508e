"""System calls on the server's loop for one request in steady state: those of the main thread, which strace lists."""

from __future__ import annotations

import collections
import re
import subprocess
import tempfile

from serving import served

# Requests are counted in windows of so many. Under strace on a busy machine some programs take longer than usual, and are then
# looked at while they run; a window without any of these shows what is always needed.
REQUESTS_A_WINDOW = 50
REQUESTS = 1000

CALL = re.compile(r"^(\w+)\(")
BEGINS = re.compile(r'^read\(\d+, "(GET|POST) ')


def untraceable() -> str | None:
    """Why strace can't be used here; None where it can."""
    done = subprocess.run(["strace", "-D", "-o", "/dev/null", "true"], capture_output=True, text=True, timeout=60)
    return None if done.returncode == 0 else done.stderr.strip()


def listed(name: str) -> list[collections.Counter[str]]:
    """The calls of each window, by their names, for requests of that name, as serving.REQUESTS has it."""
    with tempfile.NamedTemporaryFile("r", errors="replace") as file:
        with served(name, {}, ["strace", "-D", "-o", file.name, "-s", "8"]) as ask:
            ask(REQUESTS)
        requests: list[list[str]] = []
        for line in file:
            if BEGINS.match(line):
                requests.append([])
            call = CALL.match(line)
            if call and requests:
                requests[-1].append(call[1])
    steady = requests[-REQUESTS:-1]  # the last one's calls go on to the end
    return [collections.Counter(call for request in steady[at:at + REQUESTS_A_WINDOW] for call in request)
            for at in range(0, len(steady) - REQUESTS_A_WINDOW, REQUESTS_A_WINDOW)]


def measure(name: str) -> float:
    """System calls for one request of that name: of each kind the fewest that any window has."""
    windows = listed(name)
    calls = set().union(*windows)
    return sum(min(window[call] for window in windows) for call in calls) / REQUESTS_A_WINDOW
