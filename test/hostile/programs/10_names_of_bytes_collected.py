# attack: such names in the reply: JSON has no bytes
# expect: status=ok stdout=contained
# request: {"files_out": true}
# needs: files
import os
for name in (b"\xff\xfe", b"\x01\x1b[2J", b"a\nb", b"x" * 255, "é\u202e\u2028".encode()):
    open(name, "w").write("x")
print("contained")
