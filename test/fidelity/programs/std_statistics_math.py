# statistics, math, cmath: numbers about numbers.
import cmath
import math
import statistics as st

data = [2, 4, 4, 4, 5, 5, 7, 9]
print(st.mean(data), st.median(data), st.mode(data), st.pstdev(data), st.variance(data), st.quantiles(data))
print(st.fmean([1.5, 2.5]), st.harmonic_mean([40, 60]), st.multimode("aabbc"), st.correlation([1, 2, 3], [1, 5, 7]))
print(st.NormalDist(100, 15).cdf(120), st.linear_regression([1, 2, 3], [2, 4, 6]))
print(math.isqrt(10**20 + 1), math.comb(52, 5), math.gcd(84, 36, 120), math.lcm(4, 6), math.perm(5, 2))
print(math.hypot(3, 4), math.fsum([0.1] * 10), sum([0.1] * 10), math.dist((0, 0), (1, 1)), math.prod([2, 3, 7]))
print(math.floor(-2.5), math.trunc(-2.5), math.ceil(-2.5), math.frexp(10), math.nextafter(1, 2), math.ulp(1.0), math.copysign(1, -0.0))
print(cmath.sqrt(-4), cmath.polar(1j), cmath.exp(1j * cmath.pi), math.inf - math.inf)
for bad in (lambda: math.sqrt(-1), lambda: math.exp(1000), lambda: st.mean([]), lambda: math.factorial(-1)):
    try:
        bad()
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
