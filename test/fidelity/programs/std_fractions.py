# fractions: exact arithmetic, limits, conversions.
from fractions import Fraction

print(Fraction(3, -6), Fraction("2/7") + Fraction(1, 3), Fraction(0.125), Fraction("3.1415"))
print(Fraction(355, 113).limit_denominator(10), Fraction(0.1), Fraction(0.1).limit_denominator())
print(sum(Fraction(1, n) for n in range(1, 21)), round(Fraction(7, 2)), int(Fraction(-7, 2)))
print(Fraction(1, 3) == 1 / 3, Fraction(1, 2) == 0.5, Fraction(2, 3) ** -2, Fraction(4, 9) ** 0.5)
print(repr(divmod(Fraction(7, 2), Fraction(2, 3))), sorted([Fraction(1, 3), 0.3, 1]))
Fraction(1, 0)
