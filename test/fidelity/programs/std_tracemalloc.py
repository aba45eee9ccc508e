# tracemalloc: the line that allocates most, a traceback of it, filters, stopping.
import tracemalloc

print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())
tracemalloc.start(5)


def allocate():
    return [bytearray(10_000) for _ in range(50)]


kept = allocate()
snapshot = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
top = snapshot.statistics("lineno")[0]
print(top.traceback[0].lineno, top.count, top.size > 500_000, top.traceback[0].filename == __file__)
print("\n".join(tracemalloc.get_object_traceback(kept[0]).format()))
print(tracemalloc.get_traced_memory()[0] > 500_000)
tracemalloc.stop()
print(tracemalloc.get_traced_memory(), tracemalloc.get_object_traceback(kept[0]))
tracemalloc.take_snapshot()
