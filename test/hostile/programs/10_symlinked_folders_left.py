# attack: a folder that is a link by the time it is walked
# expect: status=ok stdout=contained files=real/a.txt
# request: {"files_out": true}
# needs: files
import os
os.mkdir("real")
open("real/a.txt", "w").write("a")
os.symlink("/etc", "etc")
os.symlink(".", "self")
os.symlink("real", "again")
print("contained")
