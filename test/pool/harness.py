"""Plays the server towards a zygote: spawns it, orders workers, sends requests, reads what comes out.

Python 3.9 or later, standard library only. The layout of the messages is that of pool/protocol.h.
"""

import contextlib
import os
import re
import selectors
import signal
import socket
import struct
import subprocess
import tempfile

from listener import Listener

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODULE = os.environ.get('PLAYGROUND_POOL_MODULE',
                        os.path.join(ROOT, 'build/release/playground_pool.abi3.so'))
PYTHON = os.environ.get('PLAYGROUND_PYTHON', '/usr/bin/python3')
BOOTSTRAP = open(os.path.join(ROOT, 'pool/bootstrap.py'), encoding='utf-8').read()

VERSION = int(re.search(r'kVersion = (\d+)', open(os.path.join(ROOT, 'pool/protocol.h')).read())[1])
FLUSH_SIGNAL = 47
CONFIGURE = struct.Struct('=IIQQIIIIIIQQ256s256s256s4096s')
HELLO = struct.Struct('=IIII64s32s2048s256s4096s4096s1024s')
SPAWN = struct.Struct('=IiQ256s')
SPAWNED = struct.Struct('=IiQ')
READY = struct.Struct('=IIQ')
REQUEST = struct.Struct('=IIQQQIIII')
FILE = struct.Struct('=QQ')
READY_MAGIC, REQUEST_MAGIC = 0x59444552, 0x31514552
SPAWN_FDS = 5
NO_SLOT = -1
NONE, T0, T1 = 0, 1, 2
# As the server does it: started as root, the interpreters are nobody.
DROP = ['/usr/bin/setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--bounding-set=-all',
        '--inh-caps=-all', '--ambient-caps=-all', '--no-new-privs']
UID = 65534 if os.geteuid() == 0 else 0
PATIENCE = 30  # seconds after which a test gives up on a process; never waited for otherwise

ENVIRONMENT = {'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'HOME': '/'}


class Broken(Exception):
    """The other side did not do what the protocol says."""


def text(field):
    return field.split(b'\0', 1)[0].decode()


@contextlib.contextmanager
def as_program():
    """Files are made as programs make them: root, which is nobody in their user namespace, can't."""
    if UID:
        os.setegid(UID)
        os.seteuid(UID)
    try:
        yield
    finally:
        if UID:
            os.seteuid(0)
            os.setegid(0)


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
    def __init__(self, pid, pidfd, stdin, stdout, stderr, files, folder, give_back):
        """`folder`: its working directory as it sees it; `files`: a descriptor of it."""
        self.pid, self.pidfd, self.folder = pid, pidfd, folder
        self.files, self.give_back = files, give_back
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.ended = None
        self.out, self.err = bytearray(), bytearray()

    def read_exactly(self, size):
        """The next `size` bytes of stdout; fewer at its end."""
        data = b''
        while len(data) < size:
            with selectors.DefaultSelector() as selector:
                selector.register(self.stdout, selectors.EVENT_READ)
                if not selector.select(PATIENCE):
                    raise Broken('a worker is silent')
            part = os.read(self.stdout, size - len(data))
            if not part:
                break
            data += part
        return data

    def await_ready(self):
        data = self.read_exactly(READY.size)
        if len(data) != READY.size:
            raise Broken('no Ready: ' + os.read(self.stderr, 4096).decode())
        magic, self.ready_cpu_us, self.ready_peak_kb = READY.unpack(data)
        if magic != READY_MAGIC:
            raise Broken('Ready is garbled')
        return self

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
            with selectors.DefaultSelector() as selector:
                selector.register(self.pidfd, selectors.EVENT_READ)
                if not selector.select(PATIENCE):
                    raise Broken('a worker does not end')
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


class Zygote:
    def __init__(self, preload='', python=PYTHON, file_bytes=64 << 20, open_files=256, version=VERSION,
                 tier_max=T1, landlock_abi_max=99, uid=UID, unprivileged=False, python_path=None, slots=16,
                 scratch_bytes=64 << 20, scratch_entries=10_000, flatten=False):
        """`unprivileged`: as if the server were nobody, without capabilities; then uid is not changed.
        `python_path`: a folder to import from besides."""
        self.base = tempfile.mkdtemp(prefix='pool-', dir='/dev/shm')
        self.spawned, self.uid = 0, uid
        self.home = os.path.join(self.base, 'zygote')
        os.mkdir(self.home, 0o700)
        if uid:
            os.chown(self.home, uid, uid)
        os.chmod(self.base, 0o311)
        self.mount = os.path.join(self.base, 'mount')
        self.make_folder(self.mount)
        self.control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(PATIENCE)
        empty, closed = os.pipe()
        os.close(closed)
        self.unused, out = os.pipe()
        self.messages, errors = os.pipe()
        self.pid = os.posix_spawn(
            (DROP if unprivileged else [python])[0], [*(DROP if unprivileged else []), python, '-c', BOOTSTRAP, MODULE],
            {**ENVIRONMENT, **({'PYTHONPATH': python_path} if python_path else {})}, setsid=True,
            setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],
            file_actions=[(os.POSIX_SPAWN_DUP2, empty, 0), (os.POSIX_SPAWN_DUP2, out, 1),
                          (os.POSIX_SPAWN_DUP2, errors, 2),
                          (os.POSIX_SPAWN_DUP2, other.fileno(), 3)])
        os.close(empty)
        os.close(out)
        os.close(errors)
        other.close()
        self.ended, self.said = None, b''
        if unprivileged:
            uid = 0
        self.control.send(CONFIGURE.pack(1, version, file_bytes, open_files, tier_max, landlock_abi_max,
                                         uid, slots, flatten, 0, scratch_bytes, scratch_entries, self.base.encode(),
                                         self.mount.encode(), self.home.encode(), preload.encode()))
        hello, listeners, _, _ = socket.recv_fds(self.control, 16384, 1)
        subprocess.run(['rm', '-rf', self.home], check=True)
        self.listener = Listener(*listeners) if listeners else None
        if len(hello) != HELLO.size:
            subprocess.run(['rm', '-rf', self.base], check=True)
            raise Broken(f'no Hello, exit {self.wait()}: {self.stderr()}')
        (_, _, self.tier, slots, python_version, implementation, layers, layout, modules, errors,
         warnings) = HELLO.unpack(hello)
        self.layers = dict(line.split('\t')[1:] for line in text(layers).splitlines())
        self.layout = text(layout)
        self.slots, self.slotted = list(range(slots)), slots > 0
        self.python_version, self.implementation = text(python_version), text(implementation)
        self.preload_errors, self.preload_warnings = text(errors), text(warnings)
        self.modules = dict(line.split('\t') for line in text(modules).splitlines())

    def stderr(self):
        """What the zygote has written to stderr so far."""
        os.set_blocking(self.messages, False)
        try:
            while part := os.read(self.messages, 65536):
                self.said += part
        except BlockingIOError:
            pass
        return self.said.decode()

    def order(self):
        """Asks for a worker; collect() takes the answer."""
        self.spawned += 1
        if self.slotted:
            folder, slot = self.mount, self.slots.pop()
        else:
            folder, slot = os.path.join(self.base, str(self.spawned)), NO_SLOT
            self.make_folder(folder)
        self.control.send(SPAWN.pack(3, slot, self.spawned, folder.encode()))
        return folder, slot

    def make_folder(self, path):
        os.mkdir(path, 0o700)
        if self.uid:
            os.chown(path, self.uid, self.uid)

    def give_back(self, slot, files):
        """Empties the slot, so that it can be used again."""
        if slot != NO_SLOT:
            for name in os.listdir(files):
                subprocess.run(['rm', '-rf', f'/proc/{os.getpid()}/fd/{files}/{name}'], check=True)
            self.slots.append(slot)

    def collect(self, place):
        folder, slot = place
        data, fds, _, _ = socket.recv_fds(self.control, 4096, SPAWN_FDS)
        kind, pid, _ = SPAWNED.unpack(data)
        if kind != 4:
            raise Broken(f'spawn failed: {os.strerror(pid)}')
        return Worker(pid, *fds, folder, lambda files: self.give_back(slot, files))

    def spawn(self):
        return self.collect(self.order()).await_ready()

    def run(self, code, **options):
        with self.spawn() as worker:
            return worker.run(code, **options)

    def open_fds(self):
        return sorted(os.listdir(f'/proc/{self.pid}/fd'), key=int)

    def wait(self):
        if self.ended is None:
            self.ended = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.ended

    def wait_group(self):
        """For the first process of the pid namespace, which ends after the last worker."""
        while True:
            try:
                os.waitpid(-self.pid, 0)
            except ChildProcessError:
                return

    def close_control(self):
        self.control.close()
        self.wait()

    def close(self):
        self.control.close()
        code = self.wait()
        if self.listener:
            self.listener.close()
        self.wait_group()
        os.close(self.unused)
        os.close(self.messages)
        subprocess.run(['rm', '-rf', self.base], check=True)
        return code

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def reference(code, stdin=b'', args=(), python=PYTHON):
    """What `python3 main.py` does with the program, in the same environment."""
    with tempfile.TemporaryDirectory(prefix='ref-', dir='/dev/shm') as folder:
        with open(os.path.join(folder, 'main.py'), 'wb') as file:
            file.write(code.encode() if isinstance(code, str) else code)
        environment = {**ENVIRONMENT, 'HOME': folder, 'TMPDIR': folder}
        done = subprocess.run([python, 'main.py', *args], cwd=folder, env=environment,
                              input=stdin, capture_output=True, timeout=PATIENCE)
        return Result(done.stdout, done.stderr, done.returncode, folder)
