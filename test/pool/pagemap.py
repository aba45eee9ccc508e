"""What the kernel tells of a process's pages (Documentation/admin-guide/mm/pagemap.rst)."""

import struct

PRESENT, OWN = 1 << 63, 1 << 56  # in memory; mapped by this process alone
NUMBER = (1 << 55) - 1  # of the page frame, told to root


def words(path, first, count):
    """One word a page, of one of the kernel's tables."""
    with open(path, 'rb', buffering=0) as table:
        table.seek(first * 8)
        read = table.read(count * 8)
    return struct.unpack(f'<{len(read) // 8}Q', read)


def present_pages(pid):
    """(number in the address space, word) of each page that is there and that the process may write to."""
    with open(f'/proc/{pid}/maps') as maps:
        for line in maps:
            span, mode = line.split()[:2]
            if 'w' not in mode:
                continue
            first, last = (int(address, 16) >> 12 for address in span.split('-'))
            for page, word in enumerate(words(f'/proc/{pid}/pagemap', first, last - first), first):
                if word & PRESENT:
                    yield page, word
