# Numbers that have to be the same everywhere: seeded random, decimal contexts, fractions, statistics, floats.
import decimal
import fractions
import hashlib
import math
import random
import statistics

random.seed(12345)
print(random.random(), random.randint(1, 10**20), random.sample(range(100), 5), random.gauss(0, 1), random.choices("abc", [1, 2, 3], k=5))
generator = random.Random("text")
values = list(range(10))
generator.shuffle(values)
print(values, generator.getrandbits(70), generator.betavariate(1, 2), hashlib.sha256(repr(random.getstate()).encode()).hexdigest())
with decimal.localcontext() as context:
    context.prec = 50
    print(decimal.Decimal(2).sqrt(), context.flags[decimal.Inexact], decimal.Decimal("1e400000000") * 10)
print(decimal.getcontext(), fractions.Fraction(0.1), fractions.Fraction("3/7").limit_denominator(3))
print(statistics.stdev([1, 2, 3.5]), statistics.quantiles(range(10)), statistics.NormalDist(0, 1).cdf(1.5), statistics.linear_regression([1, 2, 3], [2, 4, 7]))
print(math.fsum([0.1] * 10), sum([0.1] * 10), 0.1 + 0.2, 1e22, 5e-324, float("nan"), -0.0, round(2.675, 2), math.perm(30, 3), math.comb(50, 25), math.lgamma(0.5), 2**0.5, (-8) ** (1 / 3))
print(hash(1.5), hash(2**61 - 1), hash(fractions.Fraction(1, 3)), hash((1, 2)), hash(None) == hash(None), hash(float("inf")))
decimal.Decimal(1) / 0
