# With sys.stderr None an uncaught exception is told nowhere; the exit code tells.
import sys

print("said before")
sys.stderr = None
print("to nowhere", file=sys.stderr)
raise ValueError("not seen")
