"""The gates: what is counted, and the limits in limits.json. `python3 test/counts/gates.py NAME…` (all without a name) counts with the
release build and writes what came of it into limits.json: that is how a limit is moved."""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]

import allocations  # noqa: E402
import instructions  # noqa: E402
import system_calls  # noqa: E402

LIMITS = Path(__file__).with_name("limits.json")
MEASURES = {"instructions": instructions.measure, "allocations": allocations.measure,
            "system_calls": system_calls.measure}


def table() -> dict[str, dict]:
    """limits.json: for each kind its tolerance in percent, and the limits by name."""
    return json.loads(LIMITS.read_text())


def verdict(kind: str, name: str, counted: float) -> tuple[bool, str]:
    """Whether that many pass, and what there is to say; nothing where they are what they should be."""
    entry = table()[kind]
    limit = entry["limits"][name]
    words = f"{name}: {counted:.1f} {kind.replace('_', ' ')} each, limit {limit}"
    if limit == 0:  # of which no percentage is anything
        return (True, "") if counted == 0 else (False, words)
    percent = 100 * (counted / limit - 1)
    words += f": {abs(percent):.1f} %"
    if percent > entry["tolerance_percent"]:
        return False, f"{words} above (HACKING.md says how to move it)"
    if percent < -entry["tolerance_percent"]:
        return True, f"{words} below: lower the limit"
    return True, ""


def move(names: list[str]) -> None:
    """Counts anew, prints, and writes the limits of those names, or of all."""
    limits = table()
    for kind, entry in limits.items():
        for name in entry["limits"]:
            if names and name not in names:
                continue
            counted = round(MEASURES[kind](name), 1)
            print(f"{kind} {name}: {entry['limits'][name]} -> {counted}", flush=True)
            entry["limits"][name] = counted
    LIMITS.write_text(json.dumps(limits, indent=2) + "\n")


if __name__ == "__main__":
    move(sys.argv[1:])
