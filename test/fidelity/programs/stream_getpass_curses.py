# What needs a terminal: getpass falls back, curses and termios and tty refuse, os.ctermid names one.
# stdin: "secret\n"
import getpass
import os
import shutil
import sys
import warnings

warnings.simplefilter("ignore")
print(repr(getpass.getpass("Password: ", stream=sys.stdout)))
import curses
import termios
import tty

for call in (lambda: curses.setupterm(), lambda: termios.tcgetattr(0), lambda: tty.setraw(0), lambda: os.ttyname(1)):
    try:
        print(call())
    except (curses.error, termios.error, OSError) as error:
        print(type(error).__name__, error)
print(shutil.get_terminal_size(), os.ctermid(), "readline" in sys.modules)
curses.initscr()
