# attack: signals that the interpreter's side may use are sent as they are, without a handler of the program's
# expect: status=signal|ok|error|timeout
# request: {"timeout_ms": 500}
import os, signal, threading
for number in range(34, 65):
    threading.Thread(target=os.kill, args=(os.getpid(), number)).start()
