# multiprocessing.dummy's threads, concurrent.futures: results, exceptions, order, time-outs.
import concurrent.futures
import multiprocessing.dummy
import threading

one, two = multiprocessing.dummy.Pipe()
process = multiprocessing.dummy.Process(target=lambda: two.send([two.recv(), multiprocessing.dummy.current_process().name]), name="dummy")
process.start()
one.send("sent")
print(one.recv(), process.join(), process.exitcode, multiprocessing.dummy.active_children())


def fail(n):
    raise ValueError(n)


with concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="named") as pool:
    print(list(pool.map(pow, [2, 3], [5, 2])), pool.submit(lambda: threading.current_thread().name).result())
    failing = pool.submit(fail, 7)
    print(repr(failing.exception()), failing.done(), failing.cancel())
    never = concurrent.futures.Future()
    for call in (lambda: never.result(timeout=0), lambda: never.cancel() and never.result(), lambda: next(concurrent.futures.as_completed([concurrent.futures.Future()], timeout=0))):
        try:
            call()
        except (concurrent.futures.TimeoutError, concurrent.futures.CancelledError) as error:
            print(type(error).__name__, error)
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)
failing.result()
