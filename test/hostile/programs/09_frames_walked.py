# attack: walks up the stack into whatever runs it
# expect: status=ok stdout=contained
# use: helpers
import sys
frame, names = sys._getframe(), []
while frame.f_back:
    frame = frame.f_back
    names.append(frame.f_code.co_filename)
if names:
    escaped("runs below " + ", ".join(names))
contained()
