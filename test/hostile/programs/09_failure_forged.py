# attack: ends like a worker that failed, so that the program might be run again or a 5xx be sent
# expect: status=error exit=70 stderr~failed
import os
os.write(2, b"playground worker failed to: set limits: Operation not permitted\n")
os._exit(70)
