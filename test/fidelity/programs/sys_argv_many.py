# Arguments: empty ones, spaces, options of Python's own, other scripts; sys.orig_argv has them too.
# args: ["", " ", "-c", "-m", "--", "-X", "dev", "a=b", "ünïcödé", "日本", "\t\n", "'\"\\", "-"]
import getopt
import os
import sys

print(len(sys.argv), [ascii(word) for word in sys.argv], os.path.basename(sys.orig_argv[0]).startswith("python3"))
print(sys.orig_argv[1:] == sys.argv, sys.flags.dev_mode, sys.argv[0] == os.path.basename(__file__))
try:
    getopt.getopt(sys.argv[3:], "c:")
except getopt.GetoptError as error:
    print(error)
sys.argv.append("more")
print(sys.orig_argv[-1], type(sys.argv) is list, sys.argv is sys.argv)
