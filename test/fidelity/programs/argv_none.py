# Without arguments only the program's own name.
import getopt
import sys

print(len(sys.argv), sys.argv[1:], getopt.getopt(["-a", "1", "x"], "a:"))
sys.exit(len(sys.argv))
