"""What users notice when a backend fails: a ui and two backends on machines of their own, under constant load.

    /usr/bin/python3 test/bench/router_failures.py [--binary FILE] [--scenario NAME]… [--seconds 60] [--rate 400]

For each scenario a new cluster gets --seconds of load on 32 connections; the fault begins after a third and
ends after two thirds. Needs root, for namespaces of its own (router/isolation.py). Prints a table; every
number goes to build/bench/router_failures.json. Exit code: 0, 1 when a user met a failure that none should
meet, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
from report import digits, table  # noqa: E402
from router import outcomes  # noqa: E402
from router.cluster import ANSWER_SECONDS, Site  # noqa: E402
from router.isolation import run_isolated  # noqa: E402
from router.scenarios import SCENARIOS, Scenario, Unsupported  # noqa: E402
from router.traffic import Traffic  # noqa: E402

CONNECTIONS = 32
LONG_EVERY = 50  # so many programs there is one that takes half a second, so that always some are running
# How late an answer may be: the ui's limit, and the time that a request may wait for one of the connections,
# all of which may be held up by that limit.
GRACE_SECONDS = 1.0
LIMIT_SECONDS = 2 * ANSWER_SECONDS + GRACE_SECONDS
ALTERNATION_REQUESTS = 1000
COLUMNS = ("requests", "what happens to a backend", "failures", "of them lost with the machine",
           "p99 ms before", "during", "after", "longest s", "back after s")


@dataclass
class Row:
    """One scenario's outcome; `skipped` says why there is none."""

    scenario: Scenario
    skipped: str = ""
    judgement: outcomes.Judgement | None = None
    phases: dict[str, outcomes.Phase] | None = None
    shares: dict[str, int] | None = None
    back_after: float | None = None

    @property
    def failed(self) -> bool:
        return self.judgement is not None and bool(self.judgement.unexcused)


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = command.parser("Measure what users notice of backends that fail.", "router_failures.json")
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--scenario", action="append", choices=names, metavar="NAME",
                        help=f"of {', '.join(names)}; may be repeated (all)")
    parser.add_argument("--seconds", type=command.within(3, 3600), default=60, help="of load for each (60)")
    parser.add_argument("--rate", type=command.within(0, 5000), default=400,
                        help="requests a second; 0: as many as the connections can (400)")
    return command.checked(parser, words, root=True)


def measure(site: Site, scenario: Scenario, options: argparse.Namespace) -> Row:
    """One scenario. Raises OSError, RuntimeError, StartError, StopError."""
    try:
        with scenario.open_cluster(site) as cluster:
            with Traffic(cluster.ui_address, options.rate, CONNECTIONS, long_every=LONG_EVERY) as traffic:
                traffic.wait_count(1)
                begin = time.monotonic()
                time.sleep(options.seconds / 3)
                broken = time.monotonic()
                with scenario.fault(cluster):
                    time.sleep(max(0.0, begin + options.seconds * 2 / 3 - time.monotonic()))
                mended = time.monotonic()
                time.sleep(options.seconds / 3)
            return weigh(scenario, traffic.records, broken, mended)
    except Unsupported as reason:
        return Row(scenario, skipped=str(reason))


def weigh(scenario: Scenario, records: list[outcomes.Record], broken: float, mended: float) -> Row:
    """What came of it, the fault having been from `broken` to `mended`."""
    return Row(scenario, judgement=outcomes.judge(records, scenario.machine_lost, LIMIT_SECONDS),
               phases=outcomes.phases(records, broken, mended), shares=outcomes.shares(records),
               back_after=outcomes.back_after(records, "a", mended))


def alternate(site: Site) -> dict[str, object]:
    """One connection, one request after the other: how strictly the backends take turns."""
    with SCENARIOS[0].open_cluster(site) as cluster:
        with Traffic(cluster.ui_address, connections=1) as traffic:
            traffic.wait_count(ALTERNATION_REQUESTS)
    shares = outcomes.shares(traffic.records)
    return {"requests": len(traffic.records), "shares": shares,
            "longest_run": outcomes.longest_run(record.backend for record in traffic.records),
            "difference": max(shares.values()) - min(shares.values()), "backends": len(shares)}


def cells(row: Row) -> list[str]:
    """The row as text."""
    if row.judgement is None or row.phases is None:
        return ["–", row.scenario.title, f"skipped: {row.skipped}"] + ["–"] * (len(COLUMNS) - 3)
    kinds = ", ".join(f"{count} × {kind}" for kind, count in row.judgement.unexcused.items()) or "0"
    lost = ", ".join(f"{count} × {kind}" for kind, count in row.judgement.lost.items()) or "0"
    p99 = [optional(row.phases[name].p99_ms) for name in ("before", "during", "after")]
    longest = row.phases["all"].max_ms
    return [str(row.phases["all"].requests), row.scenario.title, kinds, lost, *p99,
            optional(longest and longest / 1000), optional(row.back_after)]


def optional(value: float | None) -> str:
    return "–" if value is None else digits(value)


def as_text(rows: list[Row], alternation: dict[str, object] | None, options: argparse.Namespace) -> str:
    """The table and what is below it."""
    rate = f"{options.rate:g} a second" if options.rate else "as many as they can"
    text = (f"{command.introduce(options)}, {options.seconds} s each, {rate} on {CONNECTIONS} connections.\n\n"
            + table(COLUMNS, map(cells, rows), text=(1, 2, 3)))
    if alternation is not None:
        counts = ", ".join(f"{name} {count}" for name, count in alternation["shares"].items())
        text += (f"\nOne connection, {alternation['requests']} requests, both healthy: {counts}; the same backend at most "
                 f"{alternation['longest_run']} × in a row, shares differ by {alternation['difference']}.\n")
    return text


def as_numbers(rows: list[Row], alternation: dict[str, object] | None, options: argparse.Namespace) -> dict[str, object]:
    """For JSON."""
    scenarios = [{"name": row.scenario.name, "title": row.scenario.title, "skipped": row.skipped or None,
                  "judgement": row.judgement and outcomes.as_json(row.judgement),
                  "phases": row.phases and {name: outcomes.as_json(one) for name, one in row.phases.items()},
                  "shares": row.shares, "back_after_s": row.back_after} for row in rows]
    return {"seconds": options.seconds, "rate": options.rate, "connections": CONNECTIONS, "alternation": alternation,
            "scenarios": scenarios}


def work(options: argparse.Namespace) -> int:
    """All of it; the exit code."""
    command.facts(options)  # before there is load
    site = Site()
    rows = []
    for scenario in SCENARIOS:
        if options.scenario is None or scenario.name in options.scenario:
            rows.append(measure(site, scenario, options))
            print(f"bench: {' | '.join(cells(rows[-1]))}", file=sys.stderr, flush=True)
            if rows[-1].failed:
                print(f"bench: {scenario.name}: first failure: {rows[-1].judgement.first}", file=sys.stderr)
    steady = options.scenario is None or SCENARIOS[0].name in options.scenario
    alternation = alternate(site) if steady else None
    # Failures too: they are the result.
    command.publish(options, {"router failures": as_text(rows, alternation, options)}, as_numbers(rows, alternation, options))
    uneven = alternation is not None and (alternation["longest_run"] != 1 or alternation["backends"] != 2)
    return 1 if uneven or any(row.failed for row in rows) else 0


if __name__ == "__main__":
    arguments = parse(sys.argv[1:])
    sys.exit(run_isolated(lambda: work(arguments)))
