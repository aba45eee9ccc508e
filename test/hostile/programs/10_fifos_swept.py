# attack: FIFOs, sockets and links for the one that cleans up
# expect: status=ok stdout=contained
import os
for n in range(20):
    os.mkfifo("fifo%d" % n)
    os.symlink("/", "link%d" % n)
    os.symlink("loop%d" % n, "loop%d" % n)
os.symlink("..", "up")
print("contained")
