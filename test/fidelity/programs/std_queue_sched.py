# queue, sched with its own clock, graphlib.
import graphlib
import queue
import sched

fifo, lifo, order = queue.Queue(2), queue.LifoQueue(), queue.PriorityQueue()
for item in (3, 1, 2):
    lifo.put(item)
    order.put((item, str(item)))
print([lifo.get() for _ in range(3)], [order.get() for _ in range(3)])
fifo.put("a")
fifo.put("b")
for attempt in (lambda: fifo.put_nowait("c"), lambda: lifo.get_nowait()):
    try:
        attempt()
    except (queue.Full, queue.Empty) as error:
        print(repr(error))
now = [0]
clock = sched.scheduler(lambda: now[0], lambda wait: now.__setitem__(0, now[0] + wait))
clock.enter(5, 1, print, ("five",))
clock.enter(2, 2, print, ("two, later",))
clock.enter(2, 1, print, ("two, first",))
clock.run()
print(now)
print(list(graphlib.TopologicalSorter({"d": ["b", "c"], "b": ["a"], "c": ["b"]}).static_order()))
graphlib.TopologicalSorter({"a": ["b"], "b": ["a"]}).prepare()
