# sys.exit(True): a bool is an int.
import sys

sys.exit(True)
