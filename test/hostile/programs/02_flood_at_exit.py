# attack: floods when it is already ending
# expect: status=output limit=output truncated=stdout
import atexit, os
@atexit.register
def flood():
    while True:
        os.write(1, b"x" * 65536)
