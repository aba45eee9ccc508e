# os.abort: SIGABRT, buffers lost.
import os

print("lost")
os.write(1, b"kept\n")
os.abort()
