# sys.exit((1,'two')): its status, and what is printed of it.
import sys

print("before")
sys.exit((1,'two'))
