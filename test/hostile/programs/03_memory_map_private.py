# attack: anonymous private mappings, one of ten gigabytes and then many
# expect: status=ok stdout=contained
# expect: status=memory limit=memory
# use: helpers
import mmap
private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
fails("ten gigabytes", lambda: mmap.mmap(-1, 10**10, flags=private))
maps = []
try:
    for _ in range(40):
        maps.append(mmap.mmap(-1, 8 << 20, flags=private))
        maps[-1].write(b"x" * (8 << 20))
    escaped("320 MB of private mappings")
except OSError:
    pass
contained()
