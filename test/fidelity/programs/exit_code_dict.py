# sys.exit({'a':1}): its status, and what is printed of it.
import sys

print("before")
sys.exit({'a':1})
