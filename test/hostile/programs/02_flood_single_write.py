# attack: one write of twenty megabytes
# expect: status=output limit=output truncated=stdout
import os
os.write(1, bytes(20_000_000))
