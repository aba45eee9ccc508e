# attack: names that are no text, or more than text
# expect: status=ok stdout=contained
import os
for name in (b"\xff\xfe", b"\x01\x1b[2J", b"a\nb", b"-rf", b"$(reboot)", b"'; x", b"x" * 255, "é\u202e\u2028".encode(), b" ", b"..."):
    open(name, "w").close()
    os.mkdir(name + b"d" if len(name) < 255 else b"d" * 255)
print("contained")
