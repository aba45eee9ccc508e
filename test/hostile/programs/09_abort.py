# attack: aborts
# expect: status=signal signal=SIGABRT limit=none
import os
os.abort()
