# Threads: start, join, names, locks, events, barriers, conditions.
import threading

total, lock = 0, threading.Lock()


def add(times):
    global total
    for _ in range(times):
        with lock:
            total += 1


workers = [threading.Thread(target=add, args=(1000,), name=f"w{n}") for n in range(8)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(total, [worker.name for worker in workers[:2]], workers[0].is_alive(), threading.active_count())
print(threading.current_thread().name, threading.current_thread() is threading.main_thread())
barrier, seen = threading.Barrier(3), []


def meet(n):
    barrier.wait()
    with lock:
        seen.append(n)


for worker in [threading.Thread(target=meet, args=(n,)) for n in range(3)]:
    worker.start()
    workers.append(worker)
for worker in workers:
    worker.join()
print(sorted(seen))
turn, done = threading.Condition(), []


def speak(n):
    with turn:
        turn.wait_for(lambda: len(done) == n)
        done.append(n)
        print("turn", n)
        turn.notify_all()


speakers = [threading.Thread(target=speak, args=(n,)) for n in reversed(range(4))]
for speaker in speakers:
    speaker.start()
for speaker in speakers:
    speaker.join()
try:
    lock.release()
except RuntimeError as error:
    print(error)
workers[0].start()
