"""Answers the system calls that a zygote's filter refuses, as the server does. See seccomp_unotify(2)."""

import errno
import fcntl
import os
import select
import signal
import struct
import threading

NOTIFICATION = struct.Struct('=QIIiIQ6Q')  # id, thread, flags; number, architecture, address, arguments
REPLY = struct.Struct('=QqiI')
RECEIVE, SEND = 0xC0502100, 0xC0182101
PRCTL, ARCHITECTURE = {'x86_64': (157, 0xC000003E), 'aarch64': (167, 0xC00000B7)}[os.uname().machine]
X32 = 0x40000000
REFUSED_OPTION = 0x52465344


class Listener:
    """Refuses each call with EPERM, ends who enters by another architecture; `calls` has (thread id, number) of each."""

    def __init__(self, fd):
        self.fd, self.calls = fd, []
        self.wake, self.stop = os.pipe()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self):
        poll = select.poll()
        poll.register(self.fd, select.POLLIN)
        poll.register(self.wake, select.POLLIN)
        while True:
            ready = dict(poll.poll())
            if self.wake in ready:
                return
            if not ready[self.fd] & select.POLLIN:
                poll.unregister(self.fd)  # nobody is under the filter any more
                continue
            call = bytearray(NOTIFICATION.size)
            try:
                fcntl.ioctl(self.fd, RECEIVE, call)
                identity, thread, _, number, architecture, _, *arguments = NOTIFICATION.unpack(call)
                named = number == PRCTL and arguments[0] & 0xFFFFFFFF == REFUSED_OPTION
                if architecture != ARCHITECTURE or number >= X32:
                    os.kill(thread, signal.SIGKILL)
                self.calls.append((thread, arguments[1] if named else number))
                fcntl.ioctl(self.fd, SEND, bytearray(REPLY.pack(identity, 0, -errno.EPERM, 0)))
            except FileNotFoundError:
                pass  # its caller has been killed

    def close(self):
        os.close(self.stop)
        self.thread.join()
        os.close(self.wake)
        os.close(self.fd)
