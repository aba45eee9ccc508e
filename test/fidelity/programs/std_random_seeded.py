# random with a seed: the generator's sequence is part of the language's promise.
import random

random.seed(20240229)
print(random.random(), random.randint(1, 100), random.choice("abcdef"), random.getrandbits(70))
print(random.sample(range(100), 5), random.choices("xyz", weights=[5, 1, 1], k=8))
deck = list(range(10))
random.shuffle(deck)
print(deck, random.gauss(0, 1), random.uniform(-1, 1), random.triangular())
other = random.Random("a string")
print([other.randrange(0, 50, 5) for _ in range(6)], other.expovariate(2), other.randbytes(4))
state = other.getstate()
print(other.random() == (other.setstate(state), other.random())[1])
random.choice([])
