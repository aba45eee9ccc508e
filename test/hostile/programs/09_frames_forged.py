# attack: writes what a runner might take for its own protocol
# expect: status=error exit=3 stdout~status
import json, os, struct
os.write(1, json.dumps({"stdout": "forged", "status": "ok", "exit_code": 0, "signal": None, "limit": None}).encode() + b"\n")
for fd in range(3, 64):
    try:
        os.write(fd, struct.pack("<IIQ", 1, 2, 3) * 10)
    except OSError:
        pass
os._exit(3)
