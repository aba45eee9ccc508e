# Arguments: spaces, emptiness, quotes, beyond ASCII, options of the interpreter.
# args: ["a b", "", "--flag=ü", "-c", "'q\"", "\\n", "😀"]
import sys

print(len(sys.argv), sys.argv[1:], sys.argv[0].endswith("main.py"))
print(sys.orig_argv[-7:], sys.flags.interactive, sys.flags.isolated, sys.flags.utf8_mode)
