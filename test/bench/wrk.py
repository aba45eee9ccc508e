"""One load on one address: wrk with post.lua, every reply checked.

wrk repeats one request on each connection as soon as the last reply is there (a closed loop). It
corrects its latencies for requests that a slow reply has kept from being sent, as it always does.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from support.client import post_json

SCRIPT = Path(__file__).with_name("post.lua")
REPLY_SECONDS = 20  # longer than any program here takes; later replies count as errors


class LoadError(RuntimeError):
    """wrk could not run, or the address does not answer as it has to even without load."""


@dataclass(frozen=True)
class Load:
    """What wrk is to send to `address` ("HOST:PORT"), and the bytes that mark a right reply."""

    address: str
    path: str
    body: Path
    expected: Path


@dataclass(frozen=True)
class Measured:
    """One run of wrk. Latencies in milliseconds; `seconds` is how long it really took."""

    requests: int
    seconds: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    max_ms: float
    bad_status: int
    bad_body: int
    connect_errors: int
    read_errors: int
    write_errors: int
    timeouts: int
    sample: str  # the first wrong reply

    @property
    def rate(self) -> float:
        """Replies per second."""
        return self.requests / self.seconds

    @property
    def failure(self) -> str | None:
        """What went wrong, if anything did: then none of the numbers is worth reporting."""
        names = ("bad_status", "bad_body", "connect_errors", "read_errors", "write_errors", "timeouts")
        counts = [f"{getattr(self, name)} {name}" for name in names if getattr(self, name)]
        if counts:
            return ", ".join(counts) + (f", first: {self.sample}" if self.sample else "")
        return None if self.requests else "no reply at all"


def prepare(address: str, path: str, code: str, stdout: str, folder: Path) -> Load:
    """Asks once, checks the reply in full, and notes how this server spells the right stdout.

    Under load only that spelling is looked for, which is cheap. Writes two files into `folder`.
    Raises LoadError for a wrong reply, OSError.
    """
    reply = post_json(address, path, {"code": code})
    answer = reply.json() if reply.status == 200 else {}
    if (answer.get("stdout"), answer.get("stderr")) != (stdout, ""):
        raise LoadError(f"POST {address}{path}: {reply.status}: {reply.body[:500]!r}, wanted {stdout!r}")
    spelling = re.search(rb'"stdout":\s*"(?:[^"\\]|\\.)*"', reply.body)
    if spelling is None:
        raise LoadError(f"POST {address}{path}: no stdout to look for in {reply.body[:500]!r}")
    folder.mkdir(parents=True, exist_ok=True)
    load = Load(address, path, folder / "body.json", folder / "expected.txt")
    load.body.write_text(json.dumps({"code": code}))
    load.expected.write_bytes(spelling.group())
    return load


def run(load: Load, connections: int, seconds: float) -> Measured:
    """Keeps `connections` busy for `seconds` (wrk counts whole ones). Raises LoadError."""
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--timeout", f"{REPLY_SECONDS}s",
               "--duration", f"{max(1, round(seconds))}s", "--script", str(SCRIPT),
               f"http://{load.address}{load.path}", "--", str(load.body), str(load.expected)]
    limit = seconds + 2 * REPLY_SECONDS
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
        return Measured(**json.loads(ended.stdout.splitlines()[-1]))
    except FileNotFoundError:
        raise LoadError("wrk is not installed: tools/deps bench") from None
    except subprocess.TimeoutExpired:
        raise LoadError(f"wrk did not end within {limit:.0f} s") from None
    except subprocess.CalledProcessError as error:
        raise LoadError(f"wrk: exit code {error.returncode}: {error.stderr.strip()}") from None
    except (ValueError, IndexError, TypeError) as error:
        raise LoadError(f"wrk printed no result: {error}: {ended.stdout[-500:]!r}") from None
