# What the collector tells: counts of one's own objects, referrers, referents, thresholds, tracked or not.
import gc


class Mine:
    pass


many = [Mine() for _ in range(7)]
print(sum(type(thing) is Mine for thing in gc.get_objects()), gc.get_threshold(), gc.isenabled(), gc.get_debug(), gc.garbage, gc.callbacks)
holder = {"mine": many[0]}
print(len(gc.get_referrers(many[0])), holder in gc.get_referrers(many[0]), gc.get_referents(holder), gc.is_tracked(5), gc.is_tracked(many), gc.is_tracked({"a": 1}))
print([type(thing).__name__ for thing in gc.get_referrers(Mine) if type(thing) is not Mine][:4])
print(gc.collect() >= 0, gc.is_finalized(many[0]), gc.get_freeze_count() >= 0, len(gc.get_stats()), sorted(gc.get_stats()[0]))
many[1].other = many[2]
many[2].other = many[1]
del many
print(gc.collect() > 0, sum(type(thing) is Mine for thing in gc.get_objects()))
print([frame for frame in gc.get_objects() if type(frame).__name__ in ("frame", "traceback")])
print(sorted({function.__globals__["__name__"] for function in gc.get_objects() if type(function).__name__ == "function"} & {"__main__", "playground_pool", "bootstrap"}))
gc.set_threshold(5, 5, 5)
print(gc.get_threshold(), gc.get_objects(generation=7))
