# attack: the main thread ends, another doesn't
# expect: status=timeout limit=wall stdout=main
# request: {"timeout_ms": 300}
import threading, time
threading.Thread(target=time.sleep, args=(100,)).start()
print("main")
