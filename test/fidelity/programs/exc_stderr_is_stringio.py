# sys.stderr replaced: the traceback goes there, and what is printed at exit shows it.
import atexit
import io
import sys

sys.stderr = caught = io.StringIO()
atexit.register(lambda: print("caught:", caught.getvalue().replace(__import__("os").getcwd() + "/", "")))
raise ValueError("into the buffer")
