# attack: takes the memory or the descriptors of another process away
# expect: status=ok stdout=contained
# use: helpers
import resource
for pid in processes():
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_CPU):
        fails("prlimit(%d)" % pid, lambda: resource.prlimit(pid, limit, (1, 1)))
        fails("prlimit(%d)" % pid, lambda: resource.prlimit(pid, limit))
contained()
