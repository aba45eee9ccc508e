"""The tools for overload and soak, not the numbers."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "integration")]

import overload  # noqa: E402
import soak  # noqa: E402
from fake_backend import FakeBackend, answer, well  # noqa: E402
from open_loop import LOST, OK, Generator, Result  # noqa: E402


def refuse_every_second(connection, number, request) -> bool:
    if request % 2:
        return well(connection, number, request)
    connection.sendall(answer("503 Service Unavailable", b"{}"))
    return True


def hang_up(_connection, _number, _request) -> bool:
    return False


def test_open_loop_sends_what_it_promised_and_keeps_its_connections():
    with FakeBackend(refuse_every_second) as backend:
        result = asyncio.run(Generator(backend.address, overload.request("x")).open(0.5, 100))
        assert sum(result.statuses().values()) == backend.requests == 50
        assert set(result.statuses()) <= {OK, 503} and backend.connections < 50
        assert b"POST /py/eval HTTP/1.1" in backend.heads[0]


def test_connection_that_breaks_is_counted_as_lost():
    with FakeBackend(hang_up) as backend:
        result = asyncio.run(Generator(backend.address, overload.request("x")).open(0.1, 50))
    assert result.statuses() == {LOST: 5}


def test_rates_are_of_replies_that_came_under_load():
    result = Result(2.0, [(0.5, 200, 0.1), (1.0, 200, 0.3), (1.5, 503, 0.001), (2.5, 200, 0.9)])
    assert (result.rate(200), result.rate(503), result.rate(429)) == (1.0, 0.5, 0.0)
    assert result.latency_ms(0.5, 200) == pytest.approx(300)
    assert result.latency_ms(0.99, 200) == pytest.approx(900)
    assert result.latency_ms(0.5, 429) == 0


def found(**other: object) -> dict:
    good = Result(1.0, [(0.1, 200, 0.02)] * 95 + [(0.1, 503, 0.001)] * 200)
    return {"peak": Result(1.0, [(0.1, 200, 0.01)] * 100), "peak_mb": 30.0, "before_mb": 30.0, "overload": good, "overload_mb": 31.0,
            "rate": 300.0, "recovery_seconds": 0.1} | other


def test_goals_are_met_or_not():
    assert [met for _, _, met in overload.goals(found())] == [True] * 5
    assert [met for _, _, met in overload.goals(found(overload=Result(1.0, [(0.1, 200, 0.02)] * 80)))] == [False, True, True, True, True]
    assert [met for _, _, met in overload.goals(found(overload_mb=60.0, recovery_seconds=2.0))] == [True, True, False, False, True]
    broken = Result(1.0, [(0.1, 200, 0.02)] * 95 + [(0.1, 503, 0.5), (0.1, LOST, 0.0)])
    assert [met for _, _, met in overload.goals(found(overload=broken))] == [True, False, True, True, False]


def samples(**growing: float) -> list[soak.Sample]:
    """A hundred, of which some sizes grow by so much from each to the next."""
    base = {"server_mb": 30.0, "zygote_mb": 20.0, "descriptors": 50, "children": 9}
    return [soak.Sample(number, number, **{name: value + growing.get(name, 0) * number for name, value in base.items()})
            for number in range(100)]


def test_growth_is_seen():
    assert [flat for *_, flat in soak.growth(samples())] == [True] * 4
    assert [flat for *_, flat in soak.growth(samples(server_mb=0.2))] == [False, True, True, True]
    assert [flat for *_, flat in soak.growth(samples(descriptors=1, children=1.0))] == [True, True, False, False]
    assert [flat for *_, flat in soak.growth(samples(server_mb=0.01))] == [True] * 4


@pytest.mark.parametrize("tool", [overload, soak])
@pytest.mark.parametrize("words", [["--binary", "/nowhere"], ["--seconds", "0"], ["--minutes", "x"]])
def test_wrong_commands_are_refused(tool, words, capsys):
    with pytest.raises(SystemExit) as ended:
        tool.parse(words)
    assert ended.value.code == 2 and capsys.readouterr().err
