# attack: spends its processor time in system calls
# expect: status=timeout limit=cpu
# needs: cpu
import os
while True:
    os.urandom(1 << 20)
