"""Pages that every program writes to: a worker has copied them before it is ready."""

import struct

import pytest

import harness


def own_pages(pid):
    """How many the process shares with nobody: Documentation/admin-guide/mm/pagemap.rst, bits 63 and 56."""
    count, own = 0, 1 << 63 | 1 << 56
    with open(f'/proc/{pid}/maps') as maps, open(f'/proc/{pid}/pagemap', 'rb', buffering=0) as table:
        for line in maps:
            span, mode = line.split()[:2]
            if 'w' not in mode:
                continue
            first, last = (int(address, 16) >> 12 for address in span.split('-'))
            table.seek(first * 8)
            count += sum(word & own == own for word, in struct.iter_unpack('<Q', table.read((last - first) * 8)))
    return count


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
