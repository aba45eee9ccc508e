"""The bench's own arithmetic."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import cost  # noqa: E402
import limits  # noqa: E402
import limit_programs  # noqa: E402
import machine  # noqa: E402
import preload  # noqa: E402
import pss  # noqa: E402
import sandbox  # noqa: E402
from wrk import Measured  # noqa: E402
from report import Cell, Report, table  # noqa: E402
from support import processes  # noqa: E402

GOOD = Measured(requests=100, seconds=2.0, p50_ms=4.0, p90_ms=5.0, p99_ms=6.0, p999_ms=6.5, max_ms=7.0, bad_status=0,
                bad_body=0, connect_errors=0, read_errors=0, write_errors=0, timeouts=0, sample="")


def account(pid: int, own: int, reaped: int) -> tuple[tuple[int, int], cost.Account]:
    process = processes.Process(pid, pid, 1, 1, 1, "python3")
    return (pid, pid), cost.Account(process, own, reaped)


def cell(target: str, *runs: Measured) -> Cell:
    return Cell("hello", 1, target, target, list(runs), [{"server": 1.0, "programs": 2.0} for _ in runs])


def test_cost_counts_children_whether_reaped_or_alive():
    before = dict([account(1, 100, 1000), account(2, 50, 0), account(3, 7, 0)])
    after = dict([account(1, 130, 1060), account(2, 60, 0), account(4, 9, 0)])
    names = {1: "server", 2: "zygote"}
    ticks = {name: seconds * cost.TICKS_PER_SECOND
             for name, seconds in cost.spent(before, after, lambda p: names[p.pid]).items()}
    # 60 were reaped, 7 of which process 3 had used before; process 4 is new.
    assert ticks == pytest.approx({"server": 30, "zygote": 10, "programs": 60 - 7 + 9})


def test_cost_of_a_real_child_is_found():
    burn = "import time\nwhile time.process_time() < 0.2: pass"
    before = cost.snapshot(os.getpid())
    subprocess.run([sys.executable, "-c", burn], check=True)
    while time.process_time() < 0.1:
        pass
    spent = cost.spent(before, cost.snapshot(os.getpid()), lambda _: "server")
    assert 0.15 < spent["programs"] < 2.0


def test_medians_and_ratios():
    fast = cell("ours", GOOD, replace(GOOD, requests=400, p50_ms=1.0), replace(GOOD, requests=300, p50_ms=2.0))
    slow = cell("theirs", replace(GOOD, requests=30))
    assert fast.median("rate") == 150
    assert fast.spread() == pytest.approx(0.5)
    assert fast.ratios(slow) == {"rate": 10, "p50": 2}
    assert Report([fast, slow], "theirs").ratios(fast) == {"rate": 10, "p50": 2}


@pytest.mark.parametrize("name", ["bad_status", "bad_body", "connect_errors", "read_errors", "timeouts"])
def test_one_wrong_reply_fails_the_cell(name):
    failing = cell("ours", GOOD, replace(GOOD, **{name: 1}, sample="500 oops"))
    assert failing.failure == f"1 {name}, first: 500 oops"
    report = Report([failing, cell("theirs", GOOD)], "theirs")
    assert report.failed == [failing]
    assert "FAILED" in report.as_markdown(report.programs)
    assert report.as_numbers()["cells"][0]["failure"].startswith("1 ")


def test_no_reply_is_a_failure():
    assert cell("ours", replace(GOOD, requests=0)).failure == "no reply at all"


def test_table_is_aligned():
    assert table(["n", "name"], [["1", "a"], ["200", "long name"]]) == (
        "|   n | name      |\n"
        "| --: | --------- |\n"
        "|   1 | a         |\n"
        "| 200 | long name |\n")


def test_limit_tells_what_is_farthest_from_it():
    row = limits.Row("memory", "bytes", "MB", 64, 32)
    for value in (60.0, 96.0, 40.0):
        row.add({"status": "memory", "limit": "memory"}, value)
    assert json.loads(json.dumps(row.as_numbers()))["ended"] == {"memory/memory": 3}
    assert row.cells() == ["memory", "bytes", "64 MB", "60 MB", "96 MB", "32 MB", "yes", "memory/memory"]
    row.add({"status": "ok", "limit": None}, 31.0)
    assert row.cells()[4:] == ["31 MB", "32 MB", "NO", "memory/memory, ok"]


@pytest.mark.parametrize("code", [
    *limit_programs.WALL.values(), *(code.format(memory=64) for code in limit_programs.MEMORY.values()),
    limit_programs.CPU.format(threads=2), limit_programs.OUTPUT.format(stream="stdout"), limit_programs.DISK_FILES,
    limit_programs.DISK_ONE_FILE, limit_programs.DISK_ENTRIES, limit_programs.THREADS, limit_programs.OPEN_FILES])
def test_programs_that_use_up_a_limit_are_python(code):
    compile(code, "main.py", "exec")


def test_tiers_that_are_not_reached_are_left_out():
    with sandbox.open_tiers() as targets:
        assert [target.name for target in targets] == list(sandbox.TIERS[:len(targets)])
        assert targets


def test_cpu_model():
    assert machine.cpu_model("processor\t: 0\nmodel name\t: Some CPU\n") == "Some CPU"
    assert machine.cpu_model("processor: 0\n") == "unknown"


def test_preload_compares_rounds_side_by_side():
    found = {"hello": [1.0, 10.0, 2.0], "import": [1.5, 11.0, 2.2]}  # the machine was slow in the second round
    rows = preload.as_markdown(found).splitlines()
    assert rows[2].split() == ["|", "hello", "|", "2.00", "|", "×1.00", "|"]
    assert rows[3].split() == ["|", "import", "|", "2.20", "|", "×1.10", "|"]


def test_memory_of_this_process_is_found():
    assert 1.0 < pss.read(os.getpid())["Pss"] <= pss.read(os.getpid())["Rss"]
