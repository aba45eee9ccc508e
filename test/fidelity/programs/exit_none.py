# sys.exit() and sys.exit(None) are 0; what follows is not run.
import sys

print("before")
try:
    sys.exit()
except SystemExit as error:
    print(repr(error), error.code)
sys.exit(None)
print("after")
