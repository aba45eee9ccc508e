# attack: links to what isn't its own, for whoever collects the files
# expect: status=ok stdout=contained files=plain.txt
# request: {"files_out": true}
# needs: files
import os
for n, target in enumerate(("/etc/passwd", "/tmp/canary", "..", "/", "/proc/self/environ", "/proc/1/root", "plain.txt")):
    os.symlink(target, "link%d" % n)
with open("plain.txt", "w") as file:
    file.write("plain")
print("contained")
