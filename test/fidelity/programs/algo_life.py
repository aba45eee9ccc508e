# Conway's game of life, a sieve, primes, a maze of text.
def step(alive):
    near = {}
    for r, c in alive:
        for dr in (-1, 0, 1):
            for dc in (-1, 0, 1):
                if dr or dc:
                    near[r + dr, c + dc] = near.get((r + dr, c + dc), 0) + 1
    return {cell for cell, count in near.items() if count == 3 or count == 2 and cell in alive}


alive = {(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)}
for generation in range(4):
    print(f"generation {generation}")
    for r in range(6):
        print("".join("#" if (r, c) in alive else "." for c in range(6)))
    alive = step(alive)
sieve = bytearray([1]) * 200_000
for n in range(2, 448):
    if sieve[n]:
        sieve[n * n::n] = bytes(len(sieve[n * n::n]))
print(sum(sieve) - 2, [n for n in range(199_900, 200_000) if sieve[n]])
