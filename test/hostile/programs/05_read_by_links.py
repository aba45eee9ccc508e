# attack: through links in the own folder
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import os
os.symlink("/etc/passwd", "soft")
fails("a symbolic link", lambda: open("soft").read())
os.symlink("/", "root")
fails("a link to the root", lambda: open("root/etc/passwd").read())
fails("a hard link", lambda: os.link("/etc/passwd", "hard"))
# link() on Linux takes the symbolic link itself, which is the program's own: reading through it must fail.
os.link("soft", "hard2", follow_symlinks=True)
fails("a hard link to the symbolic link", lambda: open("hard2").read())
fails("a rename", lambda: os.rename("/tmp/canary", "moved"))
contained()
