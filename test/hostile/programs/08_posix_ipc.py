# attack: POSIX queues, shared memory and semaphores
# expect: status=ok stdout=contained
# use: helpers
# repeat: 2
# needs: landlock
import ctypes
from multiprocessing import shared_memory
name = ctypes.create_string_buffer(b"left")
refused("mq_open", ctypes.addressof(name), 0o102, 0o666, 0)
try:
    memory = shared_memory.SharedMemory("left-for-the-next", create=True, size=4096)
    escaped("shared memory by name")
except FileExistsError:
    escaped("found shared memory")
except (OSError, PermissionError):
    pass
contained()
