# Bytes that are not UTF-8 on standard output: by surrogateescape, raw, and after a reconfiguration.
import sys

print(sys.stdout.errors, sys.stdin.errors)
broken = b"caf\xe9 \xff\xfe".decode("utf-8", "surrogateescape")
print(broken)
sys.stdout.flush()
sys.stdout.buffer.write(b"\xf0\x9f\x90|\xe2\x82|\xc0\xaf|\xed\xa0\x80|\xf4\x90\x80\x80|\x80\n")
sys.stdout.reconfigure(errors="strict")
try:
    print(broken)
except UnicodeEncodeError as error:
    print(error)
sys.stdout.reconfigure(encoding="latin-1", errors="replace")
print("é €")
sys.stderr.buffer.write(b"\xff on stderr\n")
