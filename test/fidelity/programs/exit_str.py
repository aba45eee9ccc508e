# sys.exit("text"): the text on stderr, 1.
import sys

print("to stdout")
sys.exit("something went wrong: ü\nsecond line")
