# A pipe of one's own without a reader: BrokenPipeError, not a death by SIGPIPE.
import os

reading, writing = os.pipe()
os.write(writing, b"abc")
print(os.read(reading, 10), os.get_inheritable(reading))
os.close(reading)
os.write(writing, b"nobody listens")
