# attack: pid 1, with every signal
# expect: status=ok stdout=contained denied>=kill
# use: helpers
import os
if os.getpid() != 1:
    for number in range(0, 65):
        fails("kill(1, %d)" % number, lambda: os.kill(1, number))
contained()
