# attack: one file without end
# expect: status=disk limit=disk
# needs: disk_watch
with open("big", "wb") as file:
    while True:
        file.write(b"x" * (1 << 20))
