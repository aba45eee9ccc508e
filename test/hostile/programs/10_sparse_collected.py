# attack: files that take no room where they are, and all of it in a reply
# expect: status=ok stdout=contained truncated=files,plots
# request: {"files_out": true, "plots": true}
# needs: files
import os
os.mkdir(".playground-figures")
for n in range(1, 1000):
    os.truncate(os.open("f%d" % n, os.O_CREAT | os.O_RDWR), 7 << 20)
    os.truncate(os.open(".playground-figures/figure-%d.png" % n, os.O_CREAT | os.O_RDWR), 7 << 20)
    os.closerange(3, 100)
print("contained")
