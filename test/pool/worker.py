"""Plays the server towards a worker: sends a request, reads what comes out, waits for the end.

Python 3.9 or later, standard library only. The layout of the records is that of pool/protocol.h.
"""

import os
import re
import selectors
import signal
import struct

REQUEST = struct.Struct('=IIQQQIIII')
FILE = struct.Struct('=QQ')
REQUEST_MAGIC = 0x31514552
PATIENCE = 30  # seconds after which a test gives up on a process; never waited for otherwise


class Broken(Exception):
    """The other side did not do what the protocol says."""


def await_readable(otherwise, *fds):
    """Those of them that can be read. Raises Broken, with `otherwise` for a message, after PATIENCE."""
    with selectors.DefaultSelector() as selector:
        for fd in fds:
            selector.register(fd, selectors.EVENT_READ)
        found = [key.fd for key, _ in selector.select(PATIENCE)]
    if not found:
        raise Broken(otherwise)
    return found


class Result:
    """How a program ended: what it printed, and its exit code or, negative, its signal."""

    def __init__(self, stdout, stderr, code, folder, page_faults=0):
        self.stdout, self.stderr, self.code, self.folder = stdout, stderr, code, folder
        self.page_faults = page_faults

    def stripped(self):
        """Outputs without the folder's name and objects' addresses, so that two runs can be compared."""
        folder = self.folder.encode()
        outputs = (stream.replace(folder, b'.') for stream in (self.stdout, self.stderr))
        return (*(re.sub(rb'0x[0-9a-f]{8,}', b'0x', output) for output in outputs), self.code)

    def __repr__(self):
        return f'Result(code={self.code}, stdout={self.stdout!r}, stderr={self.stderr!r})'


class Worker:
    def __init__(self, order, pid, pidfd, stdin, stdout, stderr, files, folder, give_back):
        """`folder`: its working directory as it sees it; `files`: a descriptor of it."""
        self.order, self.pid, self.pidfd, self.folder = order, pid, pidfd, folder
        self.files, self.give_back = files, give_back
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.ended = None
        self.out, self.err = bytearray(), bytearray()

    def pump(self, stdin=b'', until=None, close_stdin=True):
        """Feeds `stdin` and collects the outputs until both end, or until(self) is true."""
        selector = selectors.DefaultSelector()
        selector.register(self.stdout, selectors.EVENT_READ, self.out)
        selector.register(self.stderr, selectors.EVENT_READ, self.err)
        view = memoryview(stdin)
        if view:
            selector.register(self.stdin, selectors.EVENT_WRITE)
        elif close_stdin:
            self.close_stdin()
        while any(key.data is not None for key in selector.get_map().values()):
            if until is not None and until(self):
                break
            events = selector.select(PATIENCE)
            if not events:
                raise Broken('a program is silent')
            for key, _ in events:
                if key.data is None:
                    try:
                        view = view[os.write(self.stdin, view[:65536]):]
                    except BrokenPipeError:
                        view = view[:0]
                    if not view:
                        selector.unregister(self.stdin)
                        if close_stdin:
                            self.close_stdin()
                else:
                    part = os.read(key.fd, 65536)
                    key.data.extend(part)
                    if not part:
                        selector.unregister(key.fd)
        selector.close()

    def close_stdin(self):
        if self.stdin >= 0:
            os.close(self.stdin)
            self.stdin = -1

    def wait(self):
        """Exit code, or negative signal, from the kernel."""
        if self.ended is None:
            await_readable('a worker does not end', self.pidfd)
            _, status, self.used = os.wait4(self.pid, 0)
            self.ended = os.waitstatus_to_exitcode(status)
        return self.ended

    def run(self, code, stdin=b'', args=(), memory=256 << 20, files=(), plots=False):
        self.pump(frame(code, args, memory, files, plots) + stdin)
        return self.result()

    def start(self, code, args=(), memory=256 << 20, until=lambda worker: len(worker.out) > 1):
        """Sends the request, leaves stdin open, returns when `until` is true of the outputs."""
        self.pump(frame(code, args, memory), until=until, close_stdin=False)
        return self

    def finish(self):
        self.pump()
        return self.result()

    def result(self):
        code = self.wait()
        if self.out[:1] != b'S':
            raise Broken(f'not started: {bytes(self.out)!r} {bytes(self.err)!r} {code}')
        return Result(bytes(self.out[1:]), bytes(self.err), code, self.folder, self.used.ru_minflt)

    def signal(self, number):
        signal.pidfd_send_signal(self.pidfd, number)

    def close(self):
        for fd in (self.stdin, self.stdout, self.stderr):
            if fd >= 0:
                os.close(fd)
        self.stdin = self.stdout = self.stderr = -1
        if self.pidfd >= 0:
            if self.ended is None:
                self.signal(signal.SIGKILL)
                self.wait()
            os.close(self.pidfd)
            self.give_back(self.files)
            os.close(self.files)
        self.pidfd = -1

    @property
    def outside(self):
        """A path of its working directory that leads there from outside its mount namespace, too."""
        return f'/proc/self/fd/{self.files}'

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def frame(code, args=(), memory=256 << 20, files=(), plots=False, line_buffered=False, tells_end=False):
    """`files`: pairs of a path and its content, both bytes."""
    source = code.encode() if isinstance(code, str) else code
    packed = b''.join(os.fsencode(arg) + b'\0' for arg in args)
    head = REQUEST.pack(REQUEST_MAGIC, len(args), len(packed), len(source), memory, len(files), plots, line_buffered, tells_end)
    unpacked = b''.join(FILE.pack(len(path) + 1, len(content)) + path + b'\0' + content for path, content in files)
    return head + source + packed + unpacked
