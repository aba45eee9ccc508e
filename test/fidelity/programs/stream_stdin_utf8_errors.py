# stdin with what is no text for another encoding; reading as bytes, as ascii.
# stdin: "plain\nnaïve café\n日本語\n"
import io
import sys

print(sys.stdin.errors, sys.stdin.encoding, sys.stdin.buffer.readline())
text = io.TextIOWrapper(sys.stdin.buffer, encoding="ascii", errors="surrogateescape")
line = text.readline()
print(ascii(line), line.encode("ascii", "surrogateescape").decode())
strict = io.TextIOWrapper(text.detach(), encoding="ascii")
print(strict.readline())
