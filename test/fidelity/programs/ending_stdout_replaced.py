# sys.stdout wrapped, detached, given another encoding, and left so.
import io
import sys

print("before")
sys.stdout.flush()
raw = sys.stdout.detach()
try:
    print("on a detached stream")
except ValueError as error:
    sys.stderr.write(f"{error}\n")
sys.stdout = io.TextIOWrapper(raw, encoding="latin-1", errors="backslashreplace", newline="\r\n", write_through=False)
print("naïve 日本")
sys.stdout.reconfigure(line_buffering=True)
print("line")


class Tee:
    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        self.stream.write(text.upper())
        return len(text)

    def flush(self):
        sys.stderr.write("flush of the tee\n")
        self.stream.flush()


sys.stdout = Tee(sys.stdout)
print("to the tee")
