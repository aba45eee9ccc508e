# Comprehensions: nested, conditional, of every kind, scopes, generator laziness.
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [n for row in matrix for n in row if n % 2], {n: n * n for n in range(4)})
print({len(w) for w in ["a", "bb", "cc"]}, tuple(c for c in "xyz"), dict((k, v) for k, v in zip("ab", range(2))), sum(1 for _ in range(5)))
n = "outer"
print([n for n in range(3)], n, [(x, y) for x in range(3) for y in range(x)], ["even" if n % 2 == 0 else "odd" for n in range(3)])
lazy = (print("made", n) or n for n in range(3))
print("nothing yet")
print(next(lazy), list(lazy))
primes = [p for p in range(2, 60) if all(p % q for q in range(2, int(p**0.5) + 1))]
print(primes, list(map(str.upper, "ab")), list(filter(None, [0, 1])), any([]), all([]), list(enumerate("ab", 1)), list(zip("abc", [1, 2])))
pythagorean = [(a, b, c) for c in range(1, 30) for b in range(1, c) for a in range(1, b) if a * a + b * b == c * c]
print(pythagorean)
print([undefined for _ in range(2)])
