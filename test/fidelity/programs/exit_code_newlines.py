# sys.exit('a\nb\n'): its status, and what is printed of it.
import sys

print("before")
sys.exit('a\nb\n')
