"""What nginx does with the requests of test_strict.py: every difference from us is known, and has its reason."""

from collections.abc import Iterator

import pytest

from nginx_differences import DIFFERENCES
from nginx_front import ask_nginx, needed, nginx_front
from support import nginx
from test_strict import CASES
from wire import Case

KNOWN = {name: (difference.statuses, difference.kept) for difference in DIFFERENCES for name in difference.names}

# The table speaks of Debian's.
pytestmark = [needed, pytest.mark.skipif(not nginx.version().startswith("1.22."),
                                               reason=f"the differences are those of nginx 1.22, not of {nginx.version()}")]


@pytest.fixture(scope="module")
def front() -> Iterator[str]:
    with nginx_front() as address:
        yield address


def test_each_difference_is_of_a_case_and_listed_once():
    names = [name for difference in DIFFERENCES for name in difference.names]
    assert sorted(names) == sorted(KNOWN)
    assert set(KNOWN) <= set(CASES)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_difference_from_nginx_is_known(front: str, case: Case):
    ours = tuple(status for status, _ in case.replies), case.kept
    theirs = ask_nginx(front, case)
    assert theirs == KNOWN.get(case.name, ours), f"ours: {ours}"
    assert case.name not in KNOWN or theirs != ours, "no difference any more"
