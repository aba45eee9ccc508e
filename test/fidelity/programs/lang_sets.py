# Sets of small integers: their order is fixed; algebra, frozen sets, comparison.
a, b = {1, 2, 3, 64, 32}, {3, 64, 7}
print(a, b, a | b, a & b, a - b, a ^ b, a > {1}, a.isdisjoint({99}), {n % 8 for n in range(40)})
a.update([10], range(3))
a.discard(99)
print(a, len(a), a.pop() in range(100), frozenset([1, 2]) == {1, 2}, {frozenset({1}): "f"}[frozenset([1])])
print(set(), sorted(set("hello")), {True, 1, 1.0}, {-1, -2, 0}, set(range(20, 0, -3)))
try:
    {[1]}
except TypeError as error:
    print(error)
{1}.remove(2)
