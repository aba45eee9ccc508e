import sys

name = "world"
print(f"Hello, {name}! This is Python {sys.version.split()[0]}.")
