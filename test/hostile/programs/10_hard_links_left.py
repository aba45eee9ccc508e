# attack: one file by a hundred names, and hard links to what isn't its own
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
open("one", "w").write("x")
for n in range(100):
    os.link("one", "name%d" % n)
for path in ("/etc/passwd", "/tmp/canary", os.__file__, "/dev/null"):
    fails(path, lambda: os.link(path, "stolen"))
contained()
