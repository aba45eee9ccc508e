# attack: five hundred workers in one executor
# expect: status=signal limit=threads
# request: {"timeout_ms": 3000}
# needs: threads
# fence: pids
import time
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(200) as executor:
    for _ in range(200):
        executor.submit(time.sleep, 5)
