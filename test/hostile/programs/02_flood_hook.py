# attack: the hook for uncaught exceptions floods
# expect: status=output limit=output truncated=stderr
import os, sys
def flood(*_):
    while True:
        os.write(2, b"x" * 65536)
sys.excepthook = flood
raise ValueError
