# sys.exit of an integer that no C type holds.
import sys

sys.exit(10**30)
