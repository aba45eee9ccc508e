# attack: guesses the next one's random numbers by its own
# expect: status=ok fresh=stdout
# repeat: 4
import random
print(random.random(), random.getrandbits(64))
