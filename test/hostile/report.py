"""What came of a siege: a table by group, then everything that isn't as it must be."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass

from header import NEEDS

GROUPS = {
    1: "processes", 2: "output", 3: "memory and disk", 4: "time", 5: "others' secrets", 6: "network", 7: "system calls",
    8: "state for the next", 9: "the pool itself", 10: "files left behind", 11: "sources", 12: "at the door",
}
PHASES = ("alone", "together")
SLOWEST = 12


@dataclass(frozen=True)
class Result:
    """One program in one phase; `told` is empty when it was contained and told as expected."""

    name: str
    phase: str
    told: str
    needs: frozenset[str]
    seconds: float

    @property
    def group(self) -> int:
        """The group in the name."""
        return int(self.name[:2])


class Report:
    """Collects results, from any thread."""

    def __init__(self, mode: str) -> None:
        self._mode = mode
        self._start = time.monotonic()
        self._lock = threading.Lock()
        self._results: list[Result] = []
        self._skipped: list[tuple[str, str]] = []
        self._findings: list[str] = []
        self._notes: list[str] = []

    def add(self, name: str, phase: str, told: str, needs: frozenset[str], seconds: float) -> None:
        """A program's outcome."""
        with self._lock:
            self._results.append(Result(name, phase, told, needs, seconds))

    def skip(self, name: str, reason: str) -> None:
        """A program that isn't run here."""
        self._skipped.append((name, reason))

    def finding(self, where: str, problems: list[str]) -> None:
        """What is wrong besides single programs."""
        self._findings += [f"{where}: {problem}" for problem in problems]

    def note(self, text: str) -> None:
        """Something worth knowing that is no failure."""
        self._notes.append(text)

    def passed(self) -> bool:
        """Whether everything was as it must be, and there was something."""
        return bool(self._results) and not self._failed() and not self._findings

    def print(self) -> None:
        """To stdout."""
        print(f"\n{'group':<24}{'programs':>9}{'skipped':>9}" + "".join(f"{'failed ' + p:>17}" for p in PHASES))
        for group, title in GROUPS.items():
            names = {r.name for r in self._results if r.group == group}
            skipped = sum(int(name[:2]) == group for name, _ in self._skipped)
            failed = [sum(r.group == group and r.phase == p for r in self._failed()) for p in PHASES]
            print(f"{group:>2} {title:<21}{len(names):>9}{skipped:>9}" + "".join(f"{n or '-':>17}" for n in failed))
        for result in sorted(self._failed(), key=lambda r: (r.name, r.phase)):
            needs = f" [needs {' '.join(sorted(result.needs))}]" if result.needs else ""
            print(f"FAILED {result.name} ({result.phase}){needs}: {result.told}")
        for problem in self._findings:
            print(f"FAILED {problem}")
        for reason, count in Counter(reason for _, reason in self._skipped).items():
            print(f"skipped {count}: {reason}")
        self._print_needs()
        self._print_slowest()
        for text in self._notes:
            print(text)
        names, failed = {r.name for r in self._results}, {r.name for r in self._failed()}
        print(f"mode {self._mode}: {len(names)} programs, {len(names) - len(failed)} contained, {len(failed)} failed, "
              f"{len(self._skipped)} skipped, {len(self._findings)} other findings, "
              f"{time.monotonic() - self._start:.0f} s", flush=True)

    def _failed(self) -> list[Result]:
        return [result for result in self._results if result.told]

    def _print_needs(self) -> None:
        failed = {r.name for r in self._failed()}
        for need in [*sorted(NEEDS), None]:
            names = {r.name for r in self._results if (need in r.needs if need else not r.needs)}
            broken = len(names & failed)
            if broken:
                print(f"needs {need or 'nothing more'}: {broken} of {len(names)} fail")

    def _print_slowest(self) -> None:
        slowest = sorted((r for r in self._results if r.phase == "alone"), key=lambda r: -r.seconds)[:SLOWEST]
        print("slowest alone: " + ", ".join(f"{r.name} {r.seconds:.1f} s" for r in slowest))
