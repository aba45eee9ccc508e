# attack: takes its own source away
# expect: status=ok stdout=contained
import os
os.remove("main.py")
print("contained")
