# attack: main.py itself becomes a link
# expect: status=ok stdout=contained files=none
# request: {"files_out": true}
# needs: files
import os
os.remove("main.py")
os.symlink("/tmp/canary", "main.py")
print("contained")
