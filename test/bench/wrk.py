"""One load on one address: wrk with post.lua, every reply checked.

wrk sends the next request on each connection as soon as the last reply is there (a closed loop); the programs of a mix
take turns. What it adds to its latencies for requests that a slow reply has kept from being sent, post.lua takes out again.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sample import Sample
from support.client import Client

SCRIPT = Path(__file__).with_name("post.lua")
REPLY_SECONDS = 20  # longer than any program here takes; later replies count as errors
# What a right reply holds: stdout as this server spells it, and an empty stderr beside it, whichever comes first.
SPELLING = re.compile(rb'(?:"stderr":\s*"",\s*)?"stdout":\s*"(?:[^"\\]|\\.)*"(?:,\s*"stderr":\s*"")?')


class LoadError(RuntimeError):
    """wrk could not run, or the address does not answer as it has to even without load."""


@dataclass(frozen=True)
class Load:
    """What wrk is to send to `address` ("HOST:PORT"): the folder's body-1 …, of which a right reply has one of expected-1 …"""

    address: str
    path: str
    folder: Path
    bodies: int
    expected: int


@dataclass(frozen=True)
class Measured:
    """One run of wrk. Latencies in milliseconds; `seconds` is how long it really took."""

    requests: int
    seconds: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    p999_ms: float
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


def prepare(address: str, path: str, samples: list[Sample], folder: Path) -> Load:
    """Asks for each program once, checks the reply in full, and notes how this server spells the right output.

    Under load only that spelling is looked for, which is cheap. Writes files into `folder`.
    Raises LoadError for a wrong reply, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Client(address) as client:
        spellings = dict.fromkeys(_ask(client, path, sample) for sample in samples)
    for number, sample in enumerate(samples, 1):
        (folder / f"body-{number}").write_text(json.dumps(sample.request()))
    for number, spelling in enumerate(spellings, 1):
        (folder / f"expected-{number}").write_bytes(spelling)
    return Load(address, path, folder, len(samples), len(spellings))


def _ask(client: Client, path: str, sample: Sample) -> bytes:
    """How the reply spells what it has to hold."""
    reply = client.post_json(path, sample.request())
    answer = reply.json() if reply.status == 200 else {}
    if (answer.get("stdout"), answer.get("stderr")) != (sample.stdout, ""):
        raise LoadError(f"POST {path}: {reply.status}: {reply.body[:500]!r}, wanted {sample.stdout[:500]!r}")
    spelling = SPELLING.search(reply.body)
    if spelling is None or b"stderr" not in spelling.group():
        raise LoadError(f"POST {path}: no stdout beside stderr to look for in {reply.body[:500]!r}")
    return spelling.group()


def run(load: Load, connections: int, seconds: float) -> Measured:
    """Keeps `connections` busy for `seconds` (wrk counts whole ones). Raises LoadError."""
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--timeout", f"{REPLY_SECONDS}s",
               "--duration", f"{max(1, round(seconds))}s", "--script", str(SCRIPT),
               f"http://{load.address}{load.path}", "--", str(load.folder), str(load.bodies), str(load.expected), str(connections)]
    limit = seconds + 2 * REPLY_SECONDS
    try:
        return read(subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True).stdout)
    except FileNotFoundError:
        raise LoadError("wrk is not installed: tools/deps bench") from None
    except subprocess.TimeoutExpired:
        raise LoadError(f"wrk did not end within {limit:.0f} s") from None
    except subprocess.CalledProcessError as error:
        raise LoadError(f"wrk: exit code {error.returncode}: {error.stderr.strip()}") from None


def read(printed: str) -> Measured:
    """What post.lua has printed as its last line. Raises LoadError."""
    try:
        return Measured(**json.loads(printed.splitlines()[-1]))
    except (ValueError, IndexError, TypeError) as error:
        raise LoadError(f"wrk printed no result: {error}: {printed[-500:]!r}") from None
