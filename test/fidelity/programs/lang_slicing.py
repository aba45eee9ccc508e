# Slices: steps, negatives, assignment, deletion, unpacking with stars.
letters = list("abcdefgh")
print(letters[2:5], letters[::-1], letters[-3:], letters[::3], letters[5:2], letters[5:2:-1], letters[100:], "hello"[1:-1:2])
letters[1:3] = ["X", "Y", "Z"]
letters[::4] = [0, 0, 0]
del letters[2:4]
letters[len(letters):] = ["end"]
print(letters, slice(1, 10, 2).indices(5), range(10)[2:8:3], range(0, 10, 3)[-1], (1, 2, 3)[::-1])
first, *middle, last = range(5)
(a, b), *rest, (c, *d) = (1, 2), 3, [4, 5, 6]
print(first, middle, last, a, b, rest, c, d, [*range(2), *"xy"], {**{"a": 1}})
x = y = [1, 2]
x += [3]
i = 0
i, x[i] = 1, 9
print(y, x is y, i, [[0] * 2] * 2, sorted([3, 1, 2], reverse=True), [1, 2] < [1, 3], (1,) + (2,))
try:
    a, b = 1, 2, 3
except ValueError as error:
    print(error)
letters[::2] = [1]
