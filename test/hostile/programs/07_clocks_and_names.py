# attack: the time and the name of the machine
# expect: status=ok stdout=contained
# use: helpers
import ctypes, time, socket
area = ctypes.create_string_buffer(256)
refused("settimeofday", ctypes.addressof(area), 0)
refused("clock_settime", 0, ctypes.addressof(area))
fails("time", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
refused("sethostname", ctypes.addressof(area), 1)
refused("setdomainname", ctypes.addressof(area), 1)
fails("hostname", lambda: socket.sethostname("mine"))
contained()
