# attack: an interpreter in the interpreter, which may be set up otherwise
# expect: status=ok stdout=contained
# use: helpers
try:
    import _xxsubinterpreters as interpreters
except ImportError:
    contained()
    raise SystemExit
one = interpreters.create()
interpreters.run_string(one, """
import os
try:
    os.listdir('/proc/1/fd')
    print('ESCAPED: reads of pid 1')
except OSError:
    pass
""")
contained()
