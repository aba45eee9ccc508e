# attack: counts what others do
# expect: status=ok stdout=contained
# use: helpers
import ctypes
attributes = ctypes.create_string_buffer(128)
attributes[4:8] = (128).to_bytes(4, "little")
for pid in (0, -1, 1):
    refused("perf_event_open", ctypes.addressof(attributes), pid, 0 if pid == -1 else -1, -1, 0)
contained()
