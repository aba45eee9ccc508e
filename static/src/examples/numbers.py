"""Arrays: a hundred thousand throws of two dice, counted at once."""

import numpy as np

throws = np.random.default_rng(7).integers(1, 7, size=(100_000, 2)).sum(axis=1)
sums, counts = np.unique(throws, return_counts=True)
for total, count in zip(sums, counts):
    print(f"{total:>2}  {'▇' * (count // 500)} {count / len(throws):.1%}")
