# One write of half a megabyte to each stream, without a newline at the end.
import sys

sys.stdout.write("é" * 250_000)
sys.stderr.write("x" * 500_000)
