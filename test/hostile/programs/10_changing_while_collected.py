# attack: a file that is a link in every second moment
# expect: status=timeout limit=wall
# request: {"timeout_ms": 400, "files_out": true}
# needs: files
import os
open("file", "w").write("x")
os.symlink("/tmp/canary", "link")
while True:
    os.rename("link", "other")
    os.rename("file", "link")
    os.rename("other", "file")
