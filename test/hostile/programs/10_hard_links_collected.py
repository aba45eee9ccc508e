# attack: one file by so many names that a reply would have it a thousand times
# expect: status=ok stdout=contained truncated=files
# expect: status=disk limit=disk
# request: {"files_out": true}
# needs: files
import os
with open("one", "wb") as file:
    file.write(bytes(1_000_000))
for n in range(2000):
    os.link("one", "name%d" % n)
print("contained")
