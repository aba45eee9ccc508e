# A program that ends by an exception still flushes what it printed, in order.
import sys

print("printed before", end="")
sys.stderr.write("partial error line")
raise RuntimeError("then this")
