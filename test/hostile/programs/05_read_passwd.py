# attack: the system's users, by every way that opens a file
# expect: status=ok stdout=contained
# use: helpers
# needs: landlock
import io, mmap, os, pathlib, sqlite3
fails("open", lambda: open("/etc/passwd").read())
fails("os.open", lambda: os.open("/etc/passwd", os.O_RDONLY))
fails("FileIO", lambda: io.FileIO("/etc/passwd").read())
fails("Path", lambda: pathlib.Path("/etc/../etc/./passwd").read_bytes())
fails("shadow", lambda: open("/etc/shadow").read())
fails("group", lambda: open("/etc/group").read())
fails("sqlite", lambda: sqlite3.connect("file:/etc/passwd?mode=ro", uri=True).execute("select 1 from a"), sqlite3.Error)
contained()
