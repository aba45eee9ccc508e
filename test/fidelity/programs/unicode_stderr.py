# stderr escapes what it cannot encode, stdout raises.
import sys

print(sys.stdout.encoding, sys.stderr.encoding, sys.stderr.errors, sys.stdin.encoding, sys.getfilesystemencoding())
print("lone \ud800 surrogate", file=sys.stderr)
print("fine: é 😀", file=sys.stderr)
try:
    print("on stdout \ud800")
except UnicodeEncodeError as error:
    print(error)
raise ValueError("lone \udfff in a message: é")
