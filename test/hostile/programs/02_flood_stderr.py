# attack: the same on stderr only
# expect: status=output limit=output truncated=stderr
import sys
while True:
    sys.stderr.write("x" * 65536)
