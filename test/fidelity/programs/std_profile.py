# cProfile, profile, trace and timeit: what they count, with the times left out.
import cProfile
import io
import pstats
import re
import sys
import timeit
import trace


def leaf():
    return 1


def branch():
    return sum(leaf() for _ in range(5))


profiler = cProfile.Profile()
profiler.enable()
branch()
profiler.disable()
stream = io.StringIO()
pstats.Stats(profiler, stream=stream).strip_dirs().sort_stats("name").print_stats()
print(re.sub(r"\d+\.\d+", "T", stream.getvalue()))
tracer = trace.Trace(count=1, trace=0, countfuncs=0)
tracer.runfunc(branch)
print(sorted((line, count) for (file, line), count in tracer.results().counts.items() if file == __file__))
print(timeit.timeit("x += 1", "x = 0", number=10) > 0, timeit.repeat("pass", repeat=2, number=1)[0] >= 0)
print(timeit.main(["1 / 0"]))
