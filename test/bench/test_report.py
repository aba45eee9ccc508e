"""What `make bench` makes of its numbers: what wrk says, the matrix, the report's JSON, goals, sections of the docs."""

import json
import shutil
import sys
import threading
from dataclasses import fields, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import command  # noqa: E402
import direct  # noqa: E402
import docs  # noqa: E402
import goals  # noqa: E402
import matrix  # noqa: E402
import overview  # noqa: E402
import run  # noqa: E402
import workload  # noqa: E402
import wrk  # noqa: E402
from pss import Memory  # noqa: E402
from report import COLUMNS, Cell, Report  # noqa: E402
from sample import Sample  # noqa: E402
from test_bench import GOOD  # noqa: E402

COST = {"server": 0.2, "zygote": 0.1, "programs": 0.7}


def report_of(loads, requests=100) -> Report:
    """As if everything in `loads` had been measured in two rounds, with the same result."""
    cells = [Cell(load.program, load.connections, load.key, matrix.NAMES[load.key],
                  [replace(GOOD, requests=requests)] * 2, [COST] * 2) for load in loads]
    return Report(cells, matrix.BASELINE, {matrix.BACKEND: Memory(5.0, 20.0, 0.7, 1.2, 8)})


ALL = matrix.plan(list(workload.NAMES), list(matrix.CONNECTIONS), True)


# wrk


def test_every_field_is_read_of_what_wrk_prints():
    numbers = {field.name: getattr(GOOD, field.name) for field in fields(GOOD)}
    assert wrk.read(f"Running 1s test\n{json.dumps(numbers)}\n") == GOOD
    for broken in ("", "Running", json.dumps({**numbers, "more": 1}), json.dumps({k: v for k, v in numbers.items() if k != "p999_ms"})):
        with pytest.raises(wrk.LoadError, match="no result"):
            wrk.read(broken)


class Echo(BaseHTTPRequestHandler):
    """Answers with a JSON whose stdout is the program's text: late to "slow", wrongly to "wrong" once that was asked for in full."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def do_POST(self):
        code = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["code"]
        if code == "slow":
            sum(range(1_000_000))
        body = json.dumps({"stderr": "", "stdout": code + "\n"}).encode()
        if code == "wrong" and code in self.server.asked:
            body = b"{}"
        self.server.asked.add(code)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        server.asked = set()
        server.handle_error = lambda *_: None  # wrk goes in the midst of replies
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield "127.0.0.1:%d" % server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
def test_programs_of_a_mix_take_turns_and_quantiles_are_in_order(address, tmp_path):
    right = [Sample(name, name + "\n") for name in ("one", "two")]
    seen = wrk.run(wrk.prepare(address, "/", right, tmp_path / "right"), 2, 1)
    assert seen.failure is None
    assert 0 < seen.p50_ms <= seen.p99_ms <= seen.p999_ms <= seen.max_ms
    wrong = wrk.run(wrk.prepare(address, "/", [*right, Sample("wrong", "wrong\n")], tmp_path / "wrong"), 1, 1)
    assert wrong.bad_body == pytest.approx(wrong.requests / 3, abs=1)
    assert wrong.failure.startswith(f"{wrong.bad_body} bad_body, first: 200 ")


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
@pytest.mark.parametrize("connections", [1, 3])
def test_a_slow_reply_counts_once(address, tmp_path, connections):
    """post.lua fails unless it comes to one latency for each request; wrk itself counts a slow one many times."""
    samples = [Sample(name, name + "\n") for name in ("slow", *map(str, range(19)))]
    seen = wrk.run(wrk.prepare(address, "/", samples, tmp_path), connections, 1)
    assert seen.failure is None
    assert seen.requests > len(samples) and seen.p50_ms < seen.max_ms


def test_a_reply_is_wrong_before_there_is_load(address, tmp_path):
    with pytest.raises(wrk.LoadError, match="wanted 'two"):
        wrk.prepare(address, "/", [Sample("one", "two\n")], tmp_path)


def test_quantiles_are_of_the_nearest_rank():
    assert direct.quantiles([*map(float, range(1000, 0, -1))]) == {
        "p50_ms": 501, "p90_ms": 901, "p99_ms": 991, "p999_ms": 1000, "max_ms": 1000}
    assert set(direct.quantiles([1.0]).values()) == {1.0}


# Workloads and their matrix


@pytest.mark.parametrize("size", [1024, 65536])
def test_generated_programs_have_their_size(size):
    assert len(workload.commented(size)) == size
    assert size - len(workload.STATEMENTS) - 200 < len(workload.stated(size)) <= size
    assert len(workload.printing(size)) < 30


@pytest.mark.parametrize("code", [workload.commented(1024), workload.stated(4096)])
def test_generated_programs_print_hello(code, capsys):
    exec(compile(code, "main.py", "exec"), {})
    assert capsys.readouterr().out == "hello\n"


def test_neighbours_in_the_matrix_share_their_load():
    kinds = [(load.program, load.connections) for load in ALL]
    assert len(ALL) == len(set(ALL))
    assert [kind for number, kind in enumerate(kinds) if kind not in kinds[:number]] == \
        [kind for number, kind in enumerate(kinds) if number == 0 or kind != kinds[number - 1]]


def test_matrix_keeps_to_what_was_asked_for():
    assert {load.program for load in matrix.plan(["mix"], [1, 8], False)} == {"mix"}
    assert {load.connections for load in matrix.plan(["mix"], [1, 8], False)} == {1}
    assert {load.connections for load in matrix.plan(["mix"], [8], False)} == {8}
    assert matrix.plan([], [8], True) == []


def test_wrong_words_are_refused_with_what_there_is(capsys):
    for words, told in (["--programs", "hello,what"], "no 'what', only hello"), (["--connections", "257"], "from 1 to 256"), \
            (["--parts", ""], "only services, proxies, growth"), (["--corpus", "/no/such"], "no corpus at /no/such"):
        with pytest.raises(SystemExit) as ended:
            run.parse(words)
        assert ended.value.code == 2
        assert told in capsys.readouterr().err


# The report


def test_json_has_every_cell_with_its_rounds():
    numbers = json.loads(json.dumps(report_of(ALL).as_numbers()))
    assert set(numbers) == {"baseline", "failed", "memory_mb", "cells"}
    assert numbers["failed"] == 0
    assert numbers["memory_mb"]["backend"]["worker_pss"] == 1.2
    assert len(numbers["cells"]) == len(ALL)
    for cell, load in zip(numbers["cells"], ALL):
        assert (cell["key"], cell["program"], cell["connections"]) == (load.key, load.program, load.connections)
        assert set(cell) == {"program", "connections", "key", "target", "failure", "rate", "p50_ms", "p90_ms", "p99_ms", "p999_ms",
                             "max_ms", "spread", "cpu_ms", "rounds", "ratios"}
        assert [one["p999_ms"] for one in cell["rounds"]] == [6.5, 6.5]
        assert cell["cpu_ms"] == COST


def test_a_tail_is_told_only_where_there_are_enough_replies():
    [load] = [one for one in ALL if one == matrix.Load("backend", "hello", 1)]
    few, many = (report_of([load], requests).table_of("hello").splitlines()[2].split("|") for requests in (999, 1000))
    column = COLUMNS.index("p99.9 ms") + 1
    assert (few[column].strip(), many[column].strip()) == ("–", "6.50")
    assert many[COLUMNS.index("MB a worker") + 1].strip() == "1.20"


def test_overview_has_every_program_on_its_backend():
    report = report_of(ALL)
    charts = overview.charts(report)
    assert set(charts) == {"hello-rate", "hello-p50"}
    text = overview.as_markdown(report, charts)
    lines = overview.backend_table(report).splitlines()[2:]
    assert {line.split()[1] for line in lines} == set(workload.NAMES)
    assert "(benchmarks/hello-rate.svg)" in text
    assert "HAProxy" not in text
    assert "HAProxy" in overview.proxies(report)
    assert overview.as_markdown(report_of([]), {}) == overview.proxies(report_of([])) == goals.as_markdown([]) == ""


@pytest.mark.parametrize("cell, growth_error, told", [
    ({}, None, []), ({"bad_body": 1}, None, ["hello, 1 × playground backend: 1 bad_body"]),
    ({}, OSError("no room"), ["growth: no room"])])
def test_what_failed_keeps_the_docs_as_they_are_but_loses_no_numbers(cell, growth_error, told, tmp_path, monkeypatch, capsys):
    def grow(*_):
        if growth_error:
            raise growth_error
        return {}

    report = report_of([matrix.Load("backend", "hello", 1)])
    report.cells[0].runs[:] = [replace(GOOD, **cell)]
    written = []
    monkeypatch.setattr(run, "measure", lambda _: report)
    monkeypatch.setattr(run.growth, "measure", grow)
    monkeypatch.setattr(docs, "write", lambda section, text: written.append(section))
    machine = dict.fromkeys(("cores", "cpu", "kernel", "python", "flask", "gunicorn", "wrk", "bubblewrap"), "")
    options = command.argparse.Namespace(json=tmp_path / "report.json", write_docs=True, parts=["services", "growth"], rounds=1, seconds=1,
                                         corpus=None, facts={"date": "", "command": "", "machine": machine, "busy": 0.0})
    assert run.work(options) == (1 if told else 0)
    assert capsys.readouterr().err == "".join(f"bench: FAILED: {one}\n" for one in told)
    assert bool(written) == (not told)
    assert len(json.loads((tmp_path / "report.json").read_text())["cells"]) == 1


def test_goals_are_told_from_what_was_measured():
    report = report_of(ALL)
    report.find("floor", "hello", 1).runs[:] = [replace(GOOD, p50_ms=12.0)]
    report.find("ui", "hello", 1).runs[:] = [replace(GOOD, p50_ms=4.25)]
    found = {goal.name: goal for goal in goals.goals(report)}
    assert len(found) == len(goals.GOALS)
    assert found["hello, 1 connection: p50, of the floor's"].cells()[1:] == ["0.33", "≤ 0.4", "yes"]
    assert found["the ui in front: p50 more, µs"].cells()[1:] == ["250", "≤ 100", "NO"]
    assert found["memory of one more ready interpreter, MB"].met is True
    assert found["times the rate of Flask + gunicorn + subprocess"].met is False
    assert "| NO |" in goals.as_markdown(list(found.values())).replace("  ", " ")


def test_goals_that_need_what_was_left_out_are_left_out():
    report = report_of([load for load in ALL if load.key == "backend"])
    assert [goal.name for goal in goals.goals(report)] == [
        "hello, 1 connection: p99, of its p50", "memory of one more ready interpreter, MB", "memory of the idle server, MB",
        "memory of the zygote, MB"]


# Sections


def marked(name, text=""):
    return f"<!-- {name}: written by someone -->\n{text}<!-- end of {name} -->\n"


def test_a_section_is_found_in_any_page_and_the_rest_stays(tmp_path):
    (tmp_path / "benchmarks").mkdir()
    first, second = tmp_path / "benchmarks.md", tmp_path / "benchmarks" / "more.md"
    first.write_text(f"# Title\n{marked('one', 'old')}after\n")
    second.write_text(marked("two") + marked("three", "kept"))
    docs.write("one", "new \\1\n", tmp_path)
    docs.write("two", "\nnumbers", tmp_path)
    assert first.read_text() == f"# Title\n{marked('one', chr(10) + 'new ' + chr(92) + '1' + chr(10) * 2)}after\n"
    assert second.read_text() == marked("two", "\nnumbers\n\n") + marked("three", "kept")
    second.write_text(marked("one"))
    for name, places in ("one", 2), ("no such", 0):
        with pytest.raises(RuntimeError, match=f"{places} places"):
            docs.write(name, "new", tmp_path)


@pytest.mark.parametrize("name", ["overview", "goals", "services", "proxies", "growth", "sandbox", "preload", "limits", "clients",
                                  "streaming", "overload", "router failures", "rolling restarts"])
def test_the_docs_have_a_place_for_each_section(name, tmp_path):
    shutil.copytree(docs.ROOT / "benchmarks", tmp_path / "benchmarks")
    shutil.copy(docs.ROOT / "benchmarks.md", tmp_path)
    docs.write(name, "only this", tmp_path)
    assert sum(page.read_text().count("\n\nonly this\n\n") for page in docs.pages(tmp_path)) == 1


def test_charts_go_beside_the_numbers_and_into_the_docs_if_wanted(tmp_path, monkeypatch):
    drawn = {}
    monkeypatch.setattr(docs, "write_chart", lambda name, svg: drawn.update({name: svg}))
    for wanted in (False, True):
        options = command.argparse.Namespace(json=tmp_path / "report.json", write_docs=wanted)
        command.draw(options, {"one": "<svg/>"})
        assert (tmp_path / "one.svg").read_text() == "<svg/>"
        assert drawn == ({"one": "<svg/>"} if wanted else {})


# Ends


def test_the_docs_are_told_a_command_without_this_machines_paths(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/some/where/run.py"])
    assert command.told(["--rounds", "3", "--write-docs", "--corpus", "/home/me/my corpus"]) == \
        "test/bench/run.py --rounds 3 --corpus 'my corpus'"


@pytest.mark.parametrize("error, code, told", [
    (None, 0, ""), (wrk.LoadError("no such load"), 1, "bench: no such load\n"), (OSError("no such file"), 1, "bench: no such file\n"),
    (KeyboardInterrupt(), 130, "bench: interrupted, the servers are stopped\n")])
def test_a_command_ends_with_a_line_that_says_why(error, code, told, capsys, monkeypatch):
    handlers = {}
    monkeypatch.setattr(command.signal, "signal", handlers.__setitem__)

    def work(_):
        if error:
            raise error
        return 0

    assert command.run(work, command.argparse.Namespace(facts={})) == code
    assert capsys.readouterr().err == told
    with pytest.raises(SystemExit) as ended:
        handlers[command.signal.SIGTERM](command.signal.SIGTERM, None)
    assert ended.value.code == 143
