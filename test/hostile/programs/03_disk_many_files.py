# attack: many files that are small enough each
# expect: status=disk limit=disk
# request: {"timeout_ms": 4000}
# needs: disk_watch
import time
n = 0
while True:
    try:
        with open("f%d" % n, "wb") as file:
            file.write(b"x" * (1 << 20))
    except OSError:
        break
    n += 1
    time.sleep(0.005)
raise SystemExit("full")
