# attack: FIFOs, on which a reader would wait for ever
# expect: status=ok stdout=contained files=none
# request: {"files_out": true}
# needs: files
import os
for n in range(5):
    os.mkfifo("fifo%d.txt" % n)
print("contained")
