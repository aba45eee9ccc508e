# sys.exit(3): the code itself, nothing on stderr.
import sys

print("three", end="")
sys.exit(3)
