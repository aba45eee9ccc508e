# attack: posix_spawn, whose vfork is glibc's own
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import os
fails("posix_spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))
fails("posix_spawnp", lambda: os.posix_spawnp("true", ["true"], {}))
contained()
