# sys.exit(object): its str on stderr, 1; a tuple and an object of our own.
import sys


class Reason:
    def __str__(self):
        return "a reason"


try:
    sys.exit(("a", 1))
except SystemExit as error:
    print(error.code, error.args)
sys.exit(Reason())
