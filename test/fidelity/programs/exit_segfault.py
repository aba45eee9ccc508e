# A null pointer followed by ctypes: SIGSEGV.
import ctypes

print("flushed before", flush=True)
print("lost")
ctypes.string_at(0)
