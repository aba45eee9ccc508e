# attack: folders that nobody may enter or change, in which there are more
# expect: status=ok stdout=contained
import os
for n in range(20):
    os.makedirs("a%d/b/c" % n)
    open("a%d/b/c/file" % n, "w").close()
    os.chmod("a%d/b/c" % n, 0)
    os.chmod("a%d/b" % n, 0o100)
    os.chmod("a%d" % n, 0)
os.chmod(".", 0)
print("contained")
