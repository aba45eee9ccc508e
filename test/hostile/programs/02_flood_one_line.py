# attack: gigabytes without a line's end
# expect: status=output limit=output truncated=stdout
import sys
while True:
    sys.stdout.write("x" * 1_000_000)
