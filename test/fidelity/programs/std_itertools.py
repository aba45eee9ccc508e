# itertools: the combinatoric, the infinite and the grouping ones.
from itertools import (
    accumulate, chain, combinations, combinations_with_replacement, compress, count, cycle,
    dropwhile, filterfalse, groupby, islice, pairwise, permutations, product, repeat, starmap,
    takewhile, tee, zip_longest,
)
from operator import mul

print(list(accumulate(range(1, 7), mul)), list(accumulate([3, 1, 4], max, initial=2)))
print(["".join(p) for p in permutations("abc", 2)])
print(list(combinations(range(4), 2)), list(combinations_with_replacement("ab", 2)))
print(list(product([0, 1], repeat=2)))
print([(key, len(list(group))) for key, group in groupby("aaabccd")])
print(list(islice(count(10, 5), 2, 8, 2)), list(islice(cycle("xy"), 5)))
print(list(zip_longest("abc", "x", fillvalue="-")), list(pairwise("abcd")))
print(list(chain.from_iterable(["ab", "c"])), list(compress("abcd", [1, 0, 1, 0])))
print(list(takewhile(lambda n: n < 3, count())), list(dropwhile(str.isalpha, "ab1c")))
print(list(filterfalse(None, [0, 1, "", 2])), list(starmap(pow, [(2, 3), (3, 2)])))
left, right = tee(range(3))
print(next(left), list(right), list(left), list(repeat("r", 2)))
print(islice("abc", 2).__class__.__name__, count(1.5))
