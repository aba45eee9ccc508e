# attack: a million empty files
# expect: status=disk limit=disk
# needs: disk_watch
for n in range(1_000_000):
    open("f%d" % n, "w").close()
