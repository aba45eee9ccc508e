# attack: shared anonymous memory, which doesn't count as data
# expect: status=ok stdout=contained
# expect: status=memory limit=memory
# use: helpers
# needs: memory_watch
import mmap, time
maps = []
try:
    for _ in range(40):
        maps.append(mmap.mmap(-1, 8 << 20))
        maps[-1].write(b"x" * (8 << 20))
        time.sleep(0.005)
    escaped("320 MB of shared memory")
except OSError:
    pass
contained()
