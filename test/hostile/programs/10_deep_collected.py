# attack: files deeper than paths go
# expect: status=ok stdout=contained
# expect: status=disk limit=disk
# request: {"files_out": true}
# needs: files
import os
for _ in range(500):
    os.mkdir("d" * 20)
    os.chdir("d" * 20)
open("bottom", "w").write("x")
print("contained")
