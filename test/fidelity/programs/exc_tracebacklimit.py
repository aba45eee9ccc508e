# sys.tracebacklimit of zero at the end: no frames at all.
import sys

sys.tracebacklimit = 0


def fail():
    raise ValueError("without frames")


fail()
