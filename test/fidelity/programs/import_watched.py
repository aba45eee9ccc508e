# A trace function sees modules being executed, a profile function too, an audit hook their files being opened.
import os
import sys

seen = []


def trace(frame, event, argument):
    if frame.f_code.co_name == "<module>":
        seen.append(os.path.basename(frame.f_code.co_filename))


sys.settrace(trace)
import string

sys.settrace(None)
print(seen)
del seen[:]
sys.setprofile(lambda frame, event, argument: event == "call" and trace(frame, event, argument))
import heapq

sys.setprofile(None)
print(seen)
asked = []
sys.addaudithook(lambda event, arguments: asked.append(arguments[0]) if event == "import" else None)
import random

print(asked)
