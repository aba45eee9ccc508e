# attack: four threads that compute without Python's lock
# expect: status=timeout limit=cpu
# needs: cpu
import hashlib, threading
for _ in range(4):
    threading.Thread(target=hashlib.pbkdf2_hmac, args=("sha256", b"x", b"y", 10**9)).start()
