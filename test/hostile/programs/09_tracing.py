# attack: traces and profiles whatever runs at the end
# expect: status=ok stdout~seen
import sys, threading
seen = []
def trace(frame, event, argument):
    seen.append(frame.f_code.co_name)
    return trace
sys.settrace(trace)
sys.setprofile(trace)
threading.settrace(trace)
import atexit
atexit.register(lambda: print("seen", len(seen)))
