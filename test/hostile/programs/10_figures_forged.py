# attack: figures that are links, pipes and folders
# expect: status=ok stdout=contained files=none
# request: {"files_out": ["**", ".*/*", ".*"], "plots": true}
# needs: files
import os
os.mkdir(".playground-figures")
os.chdir(".playground-figures")
os.symlink("/tmp/canary", "figure-1.png")
os.mkfifo("figure-2.png")
os.mkdir("figure-3.png")
open("figure-4.png", "wb").write(b"\x89PNG\r\n\x1a")
os.symlink("../..", "figure-99999999999999999999.png")
print("contained")
