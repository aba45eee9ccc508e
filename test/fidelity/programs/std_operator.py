# operator: functions for operators, getters, callers.
import operator as op

people = [("Bob", 30, {"city": "Oslo"}), ("Ada", 36, {"city": "Bern"}), ("Cyd", 30, {"city": "Bern"})]
print(sorted(people, key=op.itemgetter(1, 0)))
print(list(map(op.methodcaller("split", "-", maxsplit=1), ["a-b-c"])), op.attrgetter("real", "imag")(3 + 4j))
print(op.add("a", "b"), op.matmul.__name__, op.contains([1], 1), op.countOf("banana", "a"), op.indexOf("abc", "c"))
print(op.truth([]), op.is_not(1, None), op.floordiv(-7, 2), op.mod(-7, 3), op.xor(6, 3), op.invert(5), op.concat([1], [2]))
items = [1, 2, 3]
op.setitem(items, slice(0, 2), [9])
print(items, op.iadd(items, [4]) is items, op.index(True), op.length_hint(iter(items)), op.call(max, 3, 5))
print(op.itemgetter(slice(1, None))("xyz"), repr(op.attrgetter("a.b")))
op.itemgetter("missing")({})
