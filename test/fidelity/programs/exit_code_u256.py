# sys.exit(256): its status, and what is printed of it.
import sys

print("before")
sys.exit(256)
