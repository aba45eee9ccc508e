# attack: device files
# expect: status=ok stdout=contained files=none
# request: {"files_out": true}
# use: helpers
# needs: files uid
import os, stat
fails("a block device", lambda: os.mknod("sda", stat.S_IFBLK | 0o666, os.makedev(8, 0)))
fails("a character device", lambda: os.mknod("mem", stat.S_IFCHR | 0o666, os.makedev(1, 1)))
contained()
