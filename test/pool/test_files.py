"""What a program can read and write: Landlock, and the identity that it runs under.

Each test runs with every ABI of the kernel, with ABI 1 alone, and in the lowest tier.
"""

import os
import stat

import pytest

import harness
from harness import NONE, T0, UID, Broken, Zygote, reference

SANDBOXES = {'best': {}, 'T0': {'tier_max': T0}, 'ABI 1': {'tier_max': T0, 'landlock_abi_max': 1}}
if UID:  # as in a pod, whose server is nobody to begin with
    SANDBOXES['unprivileged'] = {'tier_max': T0, 'landlock_abi_max': 1, 'unprivileged': True}


@pytest.fixture(scope='module', params=SANDBOXES)
def sandbox(request):
    with Zygote(**SANDBOXES[request.param]) as zygote:
        if not zygote.layers['landlock'].startswith('on'):
            pytest.skip('this kernel has no Landlock')
        zygote.name = request.param
        yield zygote


NAMESPACE_CAPABILITIES = 1 << 21 | 1 << 18  # CAP_SYS_ADMIN, CAP_SYS_CHROOT

READ = """
import os, sys
for path in sys.argv[1:]:
    try:
        if os.path.isdir(path): os.listdir(path)
        else: open(path, 'rb').read(1)
        print('read', path)
    except FileNotFoundError: print('none', path)
    except PermissionError: print('denied', path)
"""


def read(zygote, *paths):
    ran = zygote.run(READ, args=paths)
    assert ran.code == 0, ran
    return dict(reversed(line.split(' ', 1)) for line in ran.stdout.decode().splitlines())


def test_secrets_cannot_be_read(sandbox):
    paths = ['/etc/passwd', '/etc/hostname', '/etc/hosts', '/root', '/home', '/', '/etc', '/var', '/tmp', '/run',
             '/etc/ssl/private', '/proc', '/proc/1/status', '/proc/1/cmdline', '/proc/self/environ',
             '/proc/self/maps', '/proc/self/mem', '/proc/net/tcp', '/proc/mounts', '/proc/self/fd',
             f'/proc/{os.getpid()}/environ', f'/proc/{os.getpid()}/cmdline', f'/proc/{sandbox.pid}/status',
             '/var/run/secrets/kubernetes.io/serviceaccount/token', '/sys/class', '/sys/fs/cgroup',
             '/dev/shm', sandbox.base, os.path.abspath(__file__), '/usr/bin', '/dev/mem', '/dev/tty',
             '/proc/kallsyms', '/proc/keys', '/proc/sysvipc/shm', '/boot', '/usr/local/bin']
    answers = read(sandbox, *paths)
    assert {path for path in paths if answers[path] == 'read'} == set()


def test_what_libraries_need_can_be_read(sandbox):
    paths = [os.__file__, '/usr/share/zoneinfo/Europe/Berlin', '/etc/ld.so.cache', '/dev/urandom', '/dev/zero',
             '/dev/null', '/proc/cpuinfo', '/proc/meminfo', '/sys/devices/system/cpu/online']
    answers = read(sandbox, *(path for path in paths if os.path.exists(path)))
    assert set(answers.values()) == {'read'}, answers


def test_another_programs_folder_cannot_be_written(sandbox):
    """Even where its name is known."""
    with sandbox.spawn() as other:
        with harness.as_program():
            os.close(os.open('kept', os.O_WRONLY | os.O_CREAT, 0o666, dir_fd=other.files))
        code = f"""
import os
other = {other.folder!r}
open('mine', 'w').close()
for f in (lambda: open(other + '/new', 'w'), lambda: open(other + '/kept', 'a'), lambda: os.unlink(other + '/kept'),
          lambda: os.mkdir(other + '/new'), lambda: os.symlink('a', other + '/new'), lambda: os.mkfifo(other + '/new'),
          lambda: os.link('mine', other + '/new'), lambda: os.rename('mine', other + '/new'),
          lambda: os.rename(other + '/kept', 'stolen'), lambda: os.rmdir(other), lambda: open(other + '/../new', 'w'),
          lambda: open('/tmp/new', 'w'), lambda: open('/dev/shm/new', 'w'), lambda: os.mkdir('../new')):
    try: f(); print('done')
    except OSError as error: print(type(error).__name__)
"""
        answers = sandbox.run(code).stdout.decode().split()
        # In a slot the name leads to the own folder.
        assert len(answers) == 14 and (sandbox.slotted or 'done' not in answers), answers
        assert sorted(os.listdir(other.outside)) == ['kept', 'main.py']


def test_no_device_nor_socket_can_be_made(sandbox):
    code = """
import os, stat
for kind in (stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK):
    try: os.mknod('x', kind | 0o600, os.makedev(1, 3)); print('made')
    except OSError as error: print(type(error).__name__)
"""
    assert sandbox.run(code).stdout == b'PermissionError\n' * 3


def test_own_folder_is_a_plain_one(sandbox):
    code = """
import os, shutil, tempfile
os.makedirs('a/b/c'); open('a/b/c/f', 'w').write('text'); os.link('a/b/c/f', 'a/b/c/g'); os.symlink('f', 'a/b/c/l')
os.rename('a/b/c/f', 'a/b/c/h'); os.truncate(os.open('a/b/c/h', os.O_WRONLY), 2); os.mkfifo('pipe')
shutil.copytree('a', 'z', symlinks=True); shutil.move('z/b/c/h', 'moved'); shutil.rmtree('a')
with tempfile.TemporaryDirectory() as folder: open(folder + '/x', 'w').write('y')
with tempfile.NamedTemporaryFile() as file: file.write(b'x')
with tempfile.TemporaryFile() as file: file.write(b'x')
open(os.devnull, 'w').write('gone')
print(sorted(os.listdir('.')), open('moved').read())
"""
    ran = sandbox.run(code)
    assert ran.stdout == b"['main.py', 'moved', 'pipe', 'z'] te\n", ran


def test_moving_between_folders_needs_abi_2(sandbox):
    ran = sandbox.run("import os\nos.mkdir('a'); open('f', 'w').close(); os.rename('f', 'a/f'); print('moved')")
    assert ran.stdout == (b'' if sandbox.name in ('ABI 1', 'unprivileged') else b'moved\n')
    if sandbox.name in ('ABI 1', 'unprivileged'):
        assert b'Invalid cross-device link' in ran.stderr


def test_the_folder_below_the_root_is_the_programs(sandbox):
    with sandbox.spawn() as worker:
        info = os.stat(worker.outside)
        assert (info.st_uid, stat.S_IMODE(info.st_mode)) == (UID or os.getuid(), 0o700)


def test_worker_is_nobody(sandbox):
    with sandbox.spawn() as worker:
        for pid in sandbox.pid, worker.pid:
            lines = open(f'/proc/{pid}/status').read().splitlines()
            status = dict(line.split(':\t', 1) for line in lines)
            uid = str(UID or os.getuid())
            assert status['Uid'].split() == [uid] * 4
            # The zygote of T1 keeps what its workers need until they are in their slots.
            kept = NAMESPACE_CAPABILITIES if sandbox.slotted and pid == sandbox.pid else 0
            assert {int(status[name], 16) for name in ('CapInh', 'CapAmb')} == {0}
            assert {int(status[name], 16) for name in ('CapPrm', 'CapEff')} == {kept}
            if sandbox.slotted:
                assert int(status['CapBnd'], 16) == 0
            assert status['NoNewPrivs'].strip() == '1'
            if UID:
                assert (status['Gid'].split(), status['Groups'].strip()) == ([uid] * 4, '')
            # Not dumpable: what is in /proc belongs to root, whoever the process is.
            assert os.stat(f'/proc/{pid}/environ').st_uid == 0


def test_a_program_dies_with_the_server_after_the_change_of_user(sandbox):
    code = 'import ctypes; n = ctypes.c_int(); ctypes.CDLL(None).prctl(2, ctypes.byref(n), 0, 0, 0); print(n.value)'
    assert sandbox.run(code).stdout == b'9\n'


@pytest.mark.skipif(not UID, reason='needs root to become somebody')
def test_an_interpreter_out_of_reach_is_one_line(tmp_path):
    import shutil
    import subprocess
    home = tmp_path / 'home'
    subprocess.run(['/usr/bin/python3', '-m', 'venv', '--without-pip', str(home / 'venv')], check=True)
    library = home / 'lib'
    shutil.copytree(os.path.dirname(os.__file__), library / os.path.basename(os.path.dirname(os.__file__)),
                    ignore=shutil.ignore_patterns('test', 'site-packages', 'dist-packages'), symlinks=True)
    (home / 'bin').mkdir()
    shutil.copy(os.path.realpath('/usr/bin/python3'), home / 'bin/python3')
    home.chmod(0o700)
    with pytest.raises(Broken, match=r"exit 4: playground zygote: uid 65534 can't read .*os.py: Permission denied\n$"):
        Zygote(python=str(home / 'bin/python3')).close()


def test_without_the_sandbox_nothing_is_refused():
    """For comparisons: PLAYGROUND_SANDBOX_MAX=none."""
    with Zygote(tier_max=NONE) as zygote:
        assert zygote.tier == NONE
        assert zygote.layers['landlock'] == zygote.layers['system call filter'] == 'off: PLAYGROUND_SANDBOX_MAX'
        assert zygote.run("import os; print(os.listdir('/') != [], os.fork() >= 0)").stdout.count(b'True True') == 2


def test_layers_are_told(sandbox):
    assert sandbox.tier >= T0
    abi = sandbox.layers['landlock'].removeprefix('on, ABI ')
    assert abi == '1' if sandbox.name in ('ABI 1', 'unprivileged') else int(abi) >= 1
    assert sandbox.layers['system call filter'] == 'on'
    assert sandbox.layers['unprivileged user'] == f'on, uid {UID or os.getuid()}'


def test_what_can_be_read_does_not_matter_to_the_reference(sandbox):
    code = 'import platform; print(platform.platform(), platform.libc_ver(), platform.processor())'
    assert sandbox.run(code).stripped() == reference(code).stripped()
