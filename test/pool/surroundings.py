"""Programs for test_fidelity.py: what one finds around it."""

CASES = {
    'globals': """
print([(k, v if k != '__loader__' else (type(v), vars(v))) for k, v in globals().items()])
print(dir())
""",
    'sys': """
import sys
print(sys.argv, sys.path, sys.flags, sys.path_importer_cache, getattr(sys, 'orig_argv', [])[1:])
print(list(sys.modules)); print(list(sys.__dict__)); print(sys.warnoptions, sys._xoptions)
print(sys.executable, sys.prefix, sys.gettrace(), sys.exc_info(), sys.excepthook, sys.meta_path)
""",
    'frames': """
import sys, inspect
print(sys._getframe().f_back, len(inspect.stack()), [f.f_lineno for f in sys._current_frames().values()])
""",
    'environment': """
import os
print(dict(os.environ), os.getcwd(), os.listdir('.'), os.umask(0), oct(os.stat('main.py').st_mode))
print(os.path.expanduser('~'))
""",
    'C environment': "import ctypes\ng = ctypes.CDLL(None).getenv; g.restype = ctypes.c_char_p\nprint(g(b'HOME'), g(b'TMPDIR'), g(b'PATH'))",
    'streams': """
import sys, os
for f in sys.stdin, sys.stdout, sys.stderr:
    print(f, f.encoding, f.errors, f.line_buffering, f.write_through, f.isatty(), f.seekable())
print([os.get_inheritable(i) for i in range(3)], [os.get_blocking(i) for i in range(3)])
""",
    'locale': "import locale; print(locale.setlocale(locale.LC_ALL), locale.getpreferredencoding())",
    'folders': "import tempfile, site; print(tempfile.gettempdir(), site.getuserbase(), site.getusersitepackages())",
    'signals': """
import signal
print([signal.getsignal(s) for s in range(1, 32)], signal.pthread_sigmask(signal.SIG_BLOCK, []))
print(signal.sigpending())
""",
    'collector': "import gc; print(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.garbage, gc.callbacks)",
    'main thread': """
import threading, signal, os
t = threading.main_thread()
print(t is threading.current_thread(), t.name, t.ident == threading.get_ident())
print(t.native_id == os.getpid() == threading.get_native_id(), threading.enumerate() == [t])
signal.signal(signal.SIGUSR1, lambda s, f: print('handled', f.f_back))
os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR1); signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
""",
    'asyncio': """
import asyncio, signal, os
async def main():
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR2, done.set)
    os.kill(os.getpid(), signal.SIGUSR2)
    await done.wait()
    print(await asyncio.to_thread(abs, -5), await asyncio.gather(asyncio.sleep(0, 1)))
asyncio.run(main())
""",
    'ctypes callback': """
import ctypes
F = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
print(F(lambda x: x + 1)(1), ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda x: x + 2)(1))
""",
    'input': "import sys\nprint(input(), sys.stdin.readline(), sys.stdin.buffer.read())\ntry: input()\nexcept EOFError as e: print(e)",
    'source': "import inspect, sys\ndef f(): pass\nprint(inspect.getsource(f), open(__file__).read() == inspect.getsource(sys.modules['__main__']))",
    'pickle': "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))))",
    'randomness': "import random, os, uuid\nprint(len({random.random(), random.random()}), len(os.urandom(8)), uuid.uuid4().version)",
}
