# sys.exit('\udc80'): its status, and what is printed of it.
import sys

print("before")
sys.exit('\udc80')
