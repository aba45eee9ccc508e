# sys.exit(2**63): its status, and what is printed of it.
import sys

print("before")
sys.exit(2**63)
