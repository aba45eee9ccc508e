# A lone surrogate can't be printed: the error, what was printed before it, then at exit.
import sys

print("before")
try:
    print("start \ud800 end")
except UnicodeEncodeError as error:
    print(error, error.start, error.reason)
print("\udc80".encode("utf-8", "surrogateescape"), ascii("\ud800"), repr("\ud800"))
sys.stderr.write("stderr escapes: \ud800 \udc80\n")
sys.stdout.reconfigure(errors="surrogateescape")
print("escaped \udcff byte")
sys.stdout.reconfigure(errors="strict")
raise ValueError("in a message: \udfff")
