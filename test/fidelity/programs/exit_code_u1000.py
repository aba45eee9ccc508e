# sys.exit(1000): its status, and what is printed of it.
import sys

print("before")
sys.exit(1000)
