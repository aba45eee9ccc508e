# Much on both streams at once, in lines and in one piece, from threads as well.
import sys
import threading

for n in range(3000):
    print(n, "o" * 60)
    print(n, "e" * 60, file=sys.stderr)
sys.stdout.write("x" * 300_000)
sys.stderr.write("y" * 300_000)
thread = threading.Thread(target=lambda: sys.stdout.write("z" * 100_000 + "\n"))
thread.start()
thread.join()
