# sys.exit(''): its status, and what is printed of it.
import sys

print("before")
sys.exit('')
