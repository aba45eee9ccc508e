# attack: leaves in the middle, past every clean-up
# expect: status=ok exit=0 stdout=before
import os
print("before", flush=True)
os._exit(0)
