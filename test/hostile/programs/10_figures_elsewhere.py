# attack: the figures' folder is a link to another
# expect: status=ok stdout=contained files=none
# request: {"files_out": true, "plots": true}
# needs: files
import os
os.symlink("/tmp", ".playground-figures")
print("contained")
