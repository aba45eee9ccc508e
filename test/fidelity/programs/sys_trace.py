# sys.settrace and sys.setprofile: which events come, to the end of the program.
import sys

events = []


def add(a, b):
    total = a + b
    return total


def fail():
    raise ValueError("traced")


def tracer(frame, event, argument):
    events.append((frame.f_code.co_name, event, frame.f_lineno, repr(argument)[:40] if event == "return" else ""))
    return tracer


sys.settrace(tracer)
add(1, 2)
try:
    fail()
except ValueError:
    pass
sys.settrace(None)
print(*events, sep="\n")
calls = []
sys.setprofile(lambda frame, event, argument: calls.append((event, frame.f_code.co_name, getattr(argument, "__name__", ""))))
add(len("ab"), abs(-1))
sys.setprofile(None)
print(*calls, sep="\n")
sys.settrace(lambda frame, event, argument: print("late", event, frame.f_code.co_name) if "main.py" in frame.f_code.co_filename else None)
add(3, 4)
