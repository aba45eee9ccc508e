# gc.DEBUG_STATS is not used, DEBUG_SAVEALL is: garbage is kept, and told of at the end.
import gc

gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
cycle = []
cycle.append(cycle)
del cycle
print(gc.collect(), gc.garbage)
gc.set_debug(gc.DEBUG_UNCOLLECTABLE)
print(len(gc.garbage), gc.get_debug())
