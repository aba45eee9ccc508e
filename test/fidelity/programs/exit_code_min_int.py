# sys.exit(-2147483648): its status, and what is printed of it.
import sys

print("before")
sys.exit(-2147483648)
