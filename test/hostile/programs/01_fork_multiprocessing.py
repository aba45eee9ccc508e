# attack: a pool of processes from the standard library
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import multiprocessing
for method in ("fork", "spawn"):
    context = multiprocessing.get_context(method)
    process = context.Process(target=print, args=("ESCAPED: a process of multiprocessing",))
    fails(method, process.start)
contained()
