"""Programs that use up one limit each. What they print last is how far they came."""

from __future__ import annotations

# All of a minute, each in its own way.
WALL = {
    "while True: pass": "while True: pass",
    "time.sleep": "import time\ntime.sleep(60)",
    "a regular expression": "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
    "printing all the time": "while True: print('x')",
    "ignoring signals": (
        "import signal\n"
        "for number in range(1, 65):\n"
        "    try: signal.signal(number, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
        "while True: pass"),
}

# Outside of the interpreter's lock, so that threads really run at the same time.
CPU = ("import hashlib, threading\n"
       "def spin(): hashlib.pbkdf2_hmac('sha256', b'x', b'y', 1 << 30)\n"
       "for _ in range({threads} - 1): threading.Thread(target=spin).start()\n"
       "spin()")

# {memory} is the limit in MB. Each goes beyond it.
MEMORY = {
    "bytes, 1 MB at a time": "kept = []\nwhile True: kept.append(b'x' * (1 << 20))",
    "a list of integers": "kept = []\nwhile True: kept.append(len(kept) + 1000)",
    "private maps": ("import mmap\nkept = []\nwhile True:\n"
                     "    kept.append(mmap.mmap(-1, 4 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))\n"
                     "    for at in range(0, 4 << 20, 4096): kept[-1][at] = 1"),
    "one block, just above": "kept = b'x' * (({memory} + 40) << 20)\nwhile True: pass",
    "stacks of threads": (
        "import sys, threading\n"
        "threading.stack_size(8 << 20)\nsys.setrecursionlimit(1 << 30)\n"
        "deep, forever = threading.Semaphore(0), threading.Event()\n"
        "def sink(depth):\n"  # max() calls back from C, which takes C's stack
        "    if depth == 0: deep.release() or forever.wait()\n"
        "    else: max([depth - 1], key=sink)\n"
        "def dive():\n"
        "    try: sink(7_000)\n"
        "    finally: deep.release()\n"
        "while True:\n"
        "    threading.Thread(target=dive, daemon=True).start()\n"
        "    deep.acquire()"),
    "numpy arrays": "import numpy\nkept = []\nwhile True: kept.append(numpy.ones(1 << 18))",
}

OUTPUT = "import sys\nwhile True: sys.{stream}.write('x' * 1000 + '\\n')"

DISK_FILES = ("import os\nwritten = 0\nwhile True:\n"
              "    with open(str(written), 'wb') as file: written += file.write(b'x' * (1 << 19))\n"
              "    os.write(1, b'%d\\n' % written)")
DISK_ONE_FILE = ("import os\nwritten = 0\nwith open('file', 'wb', buffering=0) as file:\n"
                 "    while True:\n"
                 "        written += file.write(b'x' * (1 << 16))\n"
                 "        os.write(1, b'%d\\n' % written)")
DISK_ENTRIES = ("import os\ncount = 1\nwhile True:\n"
                "    open(str(count), 'w').close()\n"
                "    count += 1\n"
                "    if count % 50 == 0: os.write(1, b'%d\\n' % count)")
THREADS = ("import os, threading\nforever = threading.Event()\ncount = 1\nwhile True:\n"
           "    threading.Thread(target=forever.wait, daemon=True).start()\n"
           "    count += 1\n"
           "    os.write(1, b'%d\\n' % count)")
OPEN_FILES = ("import os\ncount = 3\nwhile True:\n"
              "    os.open('/dev/null', os.O_RDONLY)\n"
              "    count += 1\n"
              "    os.write(1, b'%d\\n' % count)")
