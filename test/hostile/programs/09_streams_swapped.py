# attack: stdout where stdin was, and the other way round
# expect: status=ok|error limit=none
import os
spare = os.dup(0)
os.dup2(1, 0)
os.dup2(spare, 1)
print("to my own input")
