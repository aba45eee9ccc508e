"""What the server's work costs, counted so that no other load on the machine can change it, against limits.json."""

import os
import platform
import sys
import warnings
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import gates  # noqa: E402
import instructions  # noqa: E402
import system_calls  # noqa: E402

# Why the limits don't hold for this build, as CMake knows it.
BUILD = os.environ.get("PLAYGROUND_COUNTS_SKIP", "")

pytestmark = pytest.mark.skipif(bool(BUILD), reason=BUILD)


def cases(kind: str):
    return pytest.mark.parametrize("name", gates.table()[kind]["limits"])


def judge(kind: str, name: str) -> None:
    good, words = gates.verdict(kind, name, gates.MEASURES[kind](name))
    if not good:
        pytest.fail(words, pytrace=False)
    if words:
        warnings.warn(words, stacklevel=2)


@pytest.fixture(scope="session", autouse=True)
def debian() -> None:
    """The libraries that are counted along are Debian 12's."""
    system = platform.freedesktop_os_release()
    if (system.get("ID"), system.get("VERSION_ID")) != ("debian", "12"):
        pytest.skip(f"the limits are those of Debian 12, not of {system.get('PRETTY_NAME')}")


@pytest.fixture(scope="session")
def processor() -> None:
    if lacking := instructions.lacking_flags():
        pytest.skip(f"the limits are those of processors with {', '.join(sorted(lacking))}")


@pytest.fixture(scope="session")
def tracer() -> None:
    if why := system_calls.untraceable():
        pytest.skip(f"strace can't be used: {why}")


@cases("instructions")
def test_instructions(name: str, processor: None) -> None:
    judge("instructions", name)


@cases("allocations")
def test_allocations(name: str) -> None:
    judge("allocations", name)


@cases("system_calls")
def test_system_calls(name: str, tracer: None) -> None:
    judge("system_calls", name)


def test_a_limit_of_none_has_no_tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "table", lambda: {"allocations": {"tolerance_percent": 5, "limits": {"one": 0.0}}})
    assert gates.verdict("allocations", "one", 0.0) == (True, "")
    assert gates.verdict("allocations", "one", 0.1) == (False, "one: 0.1 allocations each, limit 0.0")


def test_a_verdict_is_about_more_than_the_tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "table", lambda: {"instructions": {"tolerance_percent": 3, "limits": {"one": 1000}}})
    assert gates.verdict("instructions", "one", 1029) == gates.verdict("instructions", "one", 971) == (True, "")
    assert gates.verdict("instructions", "one", 1031) == (
        False, "one: 1031.0 instructions each, limit 1000: 3.1 % above (HACKING.md says how to move it)")
    assert gates.verdict("instructions", "one", 900) == (
        True, "one: 900.0 instructions each, limit 1000: 10.0 % below: lower the limit")
