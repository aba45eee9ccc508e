"""The programs that services are measured with, each with what it has to print.

A workload is one program, or a mix of several that take turns. Beside each programs/NAME.py stands what it prints, as NAME.out.
"""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "programs"
sys.path.append(str(FOLDER.parents[1] / "fidelity"))

import humaneval  # noqa: E402
import program as fidelity  # noqa: E402
import reference  # noqa: E402
from sample import Sample  # noqa: E402

KB = 1024
HELLO = "print('hello')\n"
# What real programs are made of; N is a number, so that no two are the same.
STATEMENTS = """\
def function_N(first, second=N):
    if first > second:
        return [first, second, "a string"]
    return {"first": first, "sum": first + second * 2}


values_N = [function_N(number, 2)["first"] for number in range(2)]
total_N = sum(values_N) + N
"""
MIX = "mix"
# Of the fidelity corpus: what only computes and prints.
MIXED = ("algo_*.py", "lang_*.py")


def commented(size: int) -> str:
    """A program of `size` bytes that prints hello below comments."""
    line = "# " + "a comment of some words " * 3 + "\n"
    comments = line * ((size - len(HELLO)) // len(line))
    return comments + "#" * (size - len(HELLO) - len(comments) - 1) + "\n" + HELLO


def stated(size: int) -> str:
    """A program of at most `size` bytes that prints hello after statements of many kinds, all of which are executed."""
    blocks: list[str] = []
    length = len(HELLO)
    while length + len(block := STATEMENTS.replace("N", str(len(blocks)))) <= size:
        blocks.append(block)
        length += len(block)
    return "".join(blocks) + HELLO


def printing(size: int) -> str:
    """A program that prints `size` bytes at once."""
    return f"print('x' * {size - 1})\n"


GENERATED = {"output_256k": Sample(printing(256 * KB), "x" * (256 * KB - 1) + "\n"),
             "source_1k": Sample(commented(KB), "hello\n"), "source_1m": Sample(commented(KB * KB), "hello\n")}
NAMES = ("hello", "dataclasses_json", "cpu_20ms", "import_numpy", "numpy_mean", *GENERATED, MIX)


def load(name: str, corpus: Path | None = None) -> list[Sample]:
    """The workload of that name. corpus: what `corpus_file` found, for the mix; without it the mix is of the project's own
    programs. Raises OSError."""
    if name == MIX:
        return mix(corpus)
    return [GENERATED[name]] if name in GENERATED else [Sample((FOLDER / f"{name}.py").read_text(),
                                                              (FOLDER / f"{name}.out").read_text())]


def mix(corpus: Path | None) -> list[Sample]:
    """Many programs, and what the interpreter itself makes of each: those that it ends well, without a word on stderr."""
    if corpus is not None:
        programs = humaneval.read_corpus(corpus)
    else:
        programs = [fidelity.load(path) for pattern in MIXED for path in sorted(fidelity.FOLDER.glob(pattern))]
    with ThreadPoolExecutor(cpu_count()) as pool:
        outcomes = list(pool.map(reference.run, programs))
    return [Sample(one.source.decode(), outcome.stdout, {"stdin": one.stdin, "args": list(one.args)})
            for one, outcome in zip(programs, outcomes) if (outcome.status, outcome.stderr) == ("ok", "")]


def corpus_file(text: str) -> Path:
    """A type of argparse: the file that --corpus means. Raises ArgumentTypeError when there is none."""
    given = Path(text)
    path = given / "HumanEval.jsonl.gz" if given.is_dir() else given
    if not path.is_file():
        raise ArgumentTypeError(f"no corpus at {path}")
    return path
