"""`make bench`: Playground against what else would do its work, what it promises, and what grows with what; one run, one report.

    /usr/bin/python3 test/bench/run.py [--binary build/release/playground] [--rounds 5] [--seconds 2]
        [--programs hello,mix] [--connections 1,32] [--parts services,proxies,growth] [--corpus DIR] [--write-docs]

All servers are up at the same time and take their turns within each round, in another order each time (turns.py), so that a
machine that becomes slower or faster does so for everyone. Only one of them has load at a time. matrix.py says who runs
what. Exit code: 0, also when a goal is missed; 1 when a reply was wrong or a server did not start or stop, 2 for a wrong
command.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
import goals  # noqa: E402
import growth  # noqa: E402
import growth_report  # noqa: E402
import matrix  # noqa: E402
import overview  # noqa: E402
import servers  # noqa: E402
import services  # noqa: E402
import turns  # noqa: E402
import workload  # noqa: E402
from report import Cell, Report  # noqa: E402

PARTS = ("services", "proxies", "growth")
MAX_CONNECTIONS = 256


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = command.parser("Measure Playground against what else would do its work.", "report.json")
    command.add_rounds(parser, 5, 2)
    parser.add_argument("--programs", type=command.several(command.one_of(workload.NAMES)), default=list(workload.NAMES),
                        metavar="NAME,…", help=f"of {', '.join(workload.NAMES)} (all)")
    parser.add_argument("--connections", type=command.several(command.within(1, MAX_CONNECTIONS)),
                        default=list(matrix.CONNECTIONS), metavar="N,…", help=f"({','.join(map(str, matrix.CONNECTIONS))})")
    parser.add_argument("--parts", type=command.several(command.one_of(PARTS)), default=list(PARTS), metavar="NAME,…",
                        help=f"of {', '.join(PARTS)} (all)")
    parser.add_argument("--corpus", type=workload.corpus_file, metavar="DIR", help="a folder with HumanEval.jsonl.gz, or that file: "
                        "what the mix is made of, instead of the project's own programs")
    return command.checked(parser, words)


def measure(options: argparse.Namespace) -> Report:
    """Services and proxies. Raises what command.FAILURES has."""
    programs = options.programs if "services" in options.parts else []
    loads = matrix.plan(programs, options.connections, "proxies" in options.parts)
    with contextlib.ExitStack() as stack:
        targets = services.start(stack, {load.key for load in loads})
        memory = {key: found for key, target in targets.items() if (found := target.memory())}
        asks = services.askers(loads, targets, options)
        cells = {load: Cell(load.program, load.connections, load.key, matrix.NAMES[load.key]) for load in loads}
        turns.measure([(cells[load], asks[load]) for load in loads], options.rounds)
    return Report(list(cells.values()), matrix.BASELINE, memory)


def measure_growth(options: argparse.Namespace) -> tuple[growth_report.Report, list[str]]:
    """What grows, and why it was not found out, if so: the services' numbers, twenty minutes old by then, are not lost with it."""
    names = list(growth.NAMES) if "growth" in options.parts else []
    try:
        return growth_report.of(growth.measure(names, options.rounds)), []
    except command.FAILURES as error:
        return growth_report.of({}), [f"growth: {error}"]


def work(options: argparse.Namespace) -> int:
    """Measures, prints, writes; the exit code. Docs are written only when nothing has failed."""
    report = measure(options)
    grown, failure = measure_growth(options)
    failures = [f"{cell.program}, {cell.connections} × {cell.target}: {cell.failure}" for cell in report.failed] + failure
    options.write_docs = options.write_docs and not failures
    judged = goals.goals(report)
    introduction = (f"{command.introduce(options)}; medians of {options.rounds} × {options.seconds} s, of growing costs of "
                    f"{options.rounds} × {growth.SECONDS} s. {versions(options)}\n\n")
    numbers = {"rounds": options.rounds, "seconds": options.seconds, "settings": matrix.settings(),
               "mix": options.corpus.name if options.corpus else "test/fidelity/programs", **report.as_numbers(),
               "goals": [{**vars(goal), "met": goal.met} for goal in judged], "growth": grown.numbers}
    charts = {**overview.charts(report), **grown.charts}
    command.draw(options, charts)
    texts = {"overview": overview.as_markdown(report, charts), "goals": goals.as_markdown(judged),
             "services": overview.all_tables(report), "proxies": overview.proxies(report), "growth": grown.text}
    command.publish(options, {section: introduction + text for section, text in texts.items() if text}, numbers)
    for told in failures:
        print(f"bench: FAILED: {told}", file=sys.stderr)
    return 1 if failures else 0


def versions(options: argparse.Namespace) -> str:
    """Of what Playground is compared with."""
    there = command.facts(options)["machine"]
    return (f"Flask {there['flask']}, gunicorn {there['gunicorn']} with {servers.GUNICORN_WORKERS} sync workers, "
            f"bubblewrap {there['bubblewrap']}, wrk {there['wrk']}.")


def main(words: list[str]) -> int:
    """The command; its exit code."""
    return command.run(work, parse(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
