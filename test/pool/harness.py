"""Plays the server towards a zygote: spawns it, orders workers; worker.py is what it does with those.

Python 3.9 or later, standard library only. The layout of the messages is that of pool/protocol.h.
"""

import contextlib
import os
import re
import signal
import socket
import struct
import subprocess
import tempfile

from listener import Listener
from worker import PATIENCE, Broken, Result, Worker, await_readable, frame  # noqa: F401  (offered to importers)

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODULE = os.environ.get('PLAYGROUND_POOL_MODULE',
                        os.path.join(ROOT, 'build/release/playground_pool.abi3.so'))
PYTHON = os.environ.get('PLAYGROUND_PYTHON', '/usr/bin/python3')
BOOTSTRAP = open(os.path.join(ROOT, 'pool/bootstrap.py'), encoding='utf-8').read()

VERSION = int(re.search(r'kVersion = (\d+)', open(os.path.join(ROOT, 'pool/protocol.h')).read())[1])
FLUSH_SIGNAL = 47
CONFIGURE = struct.Struct('=IIQQIIIIIIQQ256s256s256s4096s')
HELLO = struct.Struct('=IIII64s32s2048s256s4096s4096s1024sI256s')
SPAWN = struct.Struct('=IiQII256s')
SPAWNED = struct.Struct('=IiQ')
SPAWN_FDS = 5
READY = struct.Struct('=IIQQ')
READY_MAGIC = 0x59444552
NO_SLOT = -1
NONE, T0, T1 = 0, 1, 2
# As the server does it: started as root, the interpreters are nobody.
DROP = ['/usr/bin/setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--bounding-set=-all',
        '--inh-caps=-all', '--ambient-caps=-all', '--no-new-privs']
UID = 65534 if os.geteuid() == 0 else 0

ENVIRONMENT = {'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'HOME': '/'}


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


class Zygote:
    def __init__(self, preload='', python=PYTHON, file_bytes=64 << 20, open_files=256, version=VERSION,
                 tier_max=T1, landlock_abi_max=99, uid=UID, unprivileged=False, python_path=None, slots=16,
                 scratch_bytes=64 << 20, scratch_entries=10_000, flatten=False, keep_stdlib=True):
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
        self.ready, ready = os.pipe()
        self.said_ready = {}  # orders, with the CPU time in µs and the peak in KiB
        self.pid = os.posix_spawn(
            (DROP if unprivileged else [python])[0], [*(DROP if unprivileged else []), python, '-c', BOOTSTRAP, MODULE],
            {**ENVIRONMENT, **({'PYTHONPATH': python_path} if python_path else {})}, setsid=True,
            setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],
            file_actions=[(os.POSIX_SPAWN_DUP2, empty, 0), (os.POSIX_SPAWN_DUP2, out, 1),
                          (os.POSIX_SPAWN_DUP2, errors, 2),
                          (os.POSIX_SPAWN_DUP2, other.fileno(), 3), (os.POSIX_SPAWN_DUP2, ready, 4)])
        os.close(empty)
        os.close(out)
        os.close(errors)
        os.close(ready)
        other.close()
        self.ended, self.said = None, b''
        if unprivileged:
            uid = 0
        self.control.send(CONFIGURE.pack(1, version, file_bytes, open_files, tier_max, landlock_abi_max,
                                         uid, slots, flatten, keep_stdlib, scratch_bytes, scratch_entries, self.base.encode(),
                                         self.mount.encode(), self.home.encode(), preload.encode()))
        hello, listeners, _, _ = socket.recv_fds(self.control, 16384, 1)
        subprocess.run(['rm', '-rf', self.home], check=True)
        self.listener = Listener(*listeners) if listeners else None
        if len(hello) != HELLO.size:
            subprocess.run(['rm', '-rf', self.base], check=True)
            raise Broken(f'no Hello, exit {self.wait()}: {self.stderr()}')
        (_, _, self.tier, slots, python_version, implementation, layers, layout, modules, errors,
         warnings, self.kept_modules, kept_error) = HELLO.unpack(hello)
        self.layers = dict(line.split('\t')[1:] for line in text(layers).splitlines())
        self.layout = text(layout)
        self.slots, self.slotted = list(range(slots)), slots > 0
        self.python_version, self.implementation = text(python_version), text(implementation)
        self.preload_errors, self.preload_warnings = text(errors), text(warnings)
        self.kept_error = text(kept_error)
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
        patient = self.spawned % 2  # whichever kind it is, it must become the same
        self.control.send(SPAWN.pack(3, slot, self.spawned, patient, 0, folder.encode()))
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
        kind, pid, order = SPAWNED.unpack(data)
        if kind != 4:
            raise Broken(f'spawn failed: {os.strerror(pid)}')
        return Worker(order, pid, *fds, folder, lambda files: self.give_back(slot, files))

    def await_ready(self, worker):
        """Raises Broken, with what it wrote to stderr, when it ends before."""
        while worker.order not in self.said_ready:
            if self.ready not in await_readable('a worker is silent', self.ready, worker.stdout):
                raise Broken('no Ready: ' + os.read(worker.stderr, 4096).decode())
            magic, cpu_us, order, peak_kb = READY.unpack(os.read(self.ready, READY.size))
            if magic != READY_MAGIC:
                raise Broken('Ready is garbled')
            self.said_ready[order] = cpu_us, peak_kb
        worker.ready_cpu_us, worker.ready_peak_kb = self.said_ready.pop(worker.order)
        return worker

    def spawn(self):
        return self.await_ready(self.collect(self.order()))

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
        os.close(self.ready)
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
