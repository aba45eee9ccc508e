# attack: forks for ever
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import os
for _ in range(1000):
    try:
        if os.fork() == 0:
            while True:
                os.fork()
        escaped("a fork")
        break
    except OSError:
        pass
contained()
