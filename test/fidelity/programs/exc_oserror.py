# OSError and its kin: messages, errno, subclasses, file names, two of them.
import os

for call in (
    lambda: open("missing.txt"),
    lambda: open("."),
    lambda: os.rmdir("main.py"),
    lambda: os.mkdir("main.py"),
    lambda: os.rename("missing", "other"),
    lambda: os.listdir("main.py"),
    lambda: open("x\0y"),
    lambda: open(999),
    lambda: os.read(998, 1),
    lambda: open("main.py", "rw"),
    lambda: open("new.txt", "x") and open("new.txt", "x"),
    lambda: os.chdir("nowhere"),
    lambda: os.stat(b"bytes"),
    lambda: open("a" * 300),
    lambda: os.symlink("loop", "loop") or open("loop"),
    lambda: os.lseek(0, 0, 0),
    lambda: os.close(77),
):
    try:
        call()
    except (OSError, ValueError) as error:
        print(type(error).__name__, getattr(error, "errno", None), getattr(error, "filename", None), getattr(error, "filename2", None), error)
raise OSError(2, os.strerror(2), "first", None, "second")
