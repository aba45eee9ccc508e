"""Malformed and border-case requests, each with its exact reply, the same from either role."""

from collections.abc import Iterator

import pytest

from cases_chunks import CHUNK_CASES, LIMIT_CASES, MAX_BODY
from cases_fields import FIELD_CASES
from cases_framing import FRAMING_CASES
from cases_lines import LINE_CASES
from support.client import EVAL_PATH, PYTHON_PATH, evaluate
from support.playground import Playground
from wire import Case, ask

CASES = {case.name: case for case in LINE_CASES + FIELD_CASES + FRAMING_CASES + CHUNK_CASES + LIMIT_CASES}
PATHS = {"backend": EVAL_PATH, "ui": PYTHON_PATH}


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    """One server for all of them: none may harm it."""
    with Playground("all", environment={"PLAYGROUND_MAX_BODY_KB": str(MAX_BODY // 1024)}) as started:
        yield started
        for role, path in PATHS.items():
            assert evaluate(getattr(started, role), "print(6 * 7)", path)["stdout"] == "42\n"


@pytest.fixture(params=PATHS)
def role(request: pytest.FixtureRequest) -> str:
    return request.param


def test_names_of_cases_are_their_own():
    tables = LINE_CASES, FIELD_CASES, FRAMING_CASES, CHUNK_CASES, LIMIT_CASES
    assert sum(map(len, tables)) == len(CASES)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_request_gets_its_reply(server: Playground, role: str, case: Case):
    outcome = ask(getattr(server, role), case, PATHS[role])
    found = tuple((status, body.get("error", {}).get("code")) for status, body in outcome.replies)
    assert (found, outcome.kept) == (case.replies, case.kept), outcome
    if case.words:
        assert case.words.lower() in outcome.replies[0][1]["error"]["message"].lower(), outcome
