# attack: lifts its own limits
# expect: status=ok stdout=contained
# use: helpers
import resource
for name in ("RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE"):
    hard = resource.getrlimit(getattr(resource, name))[1]
    if hard == resource.RLIM_INFINITY:
        escaped("%s has no limit" % name)
    else:
        fails(name, lambda: resource.setrlimit(getattr(resource, name), (hard, hard + 1)), OSError, ValueError)
contained()
