# attack: the exit callback says how it ended
# expect: status=error exit=7
import atexit, os
atexit.register(os._exit, 7)
