# argparse: a usage error goes to stderr and ends with 2.
# args: ["--size", "big"]
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--size", type=int)
parser.add_argument("--colour-of-the-thing", choices=["red", "green"], metavar="COLOUR")
parser.add_argument("--another-option-that-is-long", nargs=2, metavar=("FIRST", "SECOND"))
parser.parse_args()
print("not reached")
