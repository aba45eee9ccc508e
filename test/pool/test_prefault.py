"""Pages that every program writes to: a worker has copied them before it is ready."""

import pytest

import harness
from pagemap import OWN, present_pages


def own_pages(pid):
    """How many the process shares with nobody."""
    return sum(bool(word & OWN) for _, word in present_pages(pid))


@pytest.mark.parametrize('flatten', [False, True])
def test_a_ready_worker_has_its_own(flatten):
    """Some twenty come of getting ready; each that is missing is a fault while the program runs."""
    with harness.Zygote(flatten=flatten) as zygote:
        workers = [zygote.spawn() for _ in range(2)]  # one of them is patient
        try:
            assert all(own_pages(worker.pid) > 50 for worker in workers)
            assert [worker.run("print('hello')").stdout for worker in workers] == [b'hello\n', b'hello\n']
        finally:
            for worker in workers:
                worker.close()
