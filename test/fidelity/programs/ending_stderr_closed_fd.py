# Descriptor 2 closed: what is printed there is lost, the exit code of the exception stays.
import os
import sys

os.close(2)
print("stdout goes on", flush=True)
try:
    sys.stderr.write("lost\n")
except OSError as error:
    print(error)
raise ValueError("not seen")
