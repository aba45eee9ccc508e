"""Programs for test_fidelity.py."""

CASES = {
    'hello': "print('hello')",
    'empty': '',
    'unflushed': "import sys; sys.stdout.write('no newline'); sys.stderr.write('neither')",
    'binary': "import sys; sys.stdout.buffer.write(bytes(range(256)))",
    'uncaught': "print('a')\ndef f(): 1 / 0\nf()",
    'chained': "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e",
    'exception group': "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])",
    'user exception': "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
    'note': "e = ValueError('x'); e.add_note('a note'); raise e",
    'functions and classes': """
import dataclasses
@dataclasses.dataclass
class A:
    x: int = 1
def f(): yield from (1, 2)
print(A(), list(f()), [A(i) for i in range(3)])
""",
    'standard library': """
import json, re, collections, math, random, datetime, itertools, functools, string, decimal
print(json.dumps({'a': re.sub('b', 'c', 'abc')}), collections.Counter('hello').most_common(1))
print(datetime.date(2020, 1, 1), decimal.Decimal('1.10'), functools.reduce(int.__add__, [1, 2]))
""",
    'exit none': "raise SystemExit",
    'exit int': "import sys; print('x'); sys.exit(3)",
    'exit zero': "import sys; sys.exit(0)",
    'exit true': "raise SystemExit(True)",
    'exit big': "raise SystemExit(2**70)",
    'exit above a byte': "raise SystemExit(258)",
    'exit negative': "raise SystemExit(-1)",
    'exit tuple of sys': "import sys; sys.exit((1, 2))",
    'exit float': "import sys; sys.exit(1.5)",
    'exit text, replaced stderr': "import sys; sys.stderr = sys.stdout; sys.exit('x')",
    'exit text': "raise SystemExit('bye')",
    'exit tuple': "raise SystemExit(1, 2)",
    'exit object': "class A:\n    def __str__(self): return 'an A'\nraise SystemExit(A())",
    'exit bad object': "class A:\n    def __str__(self): 1/0\nraise SystemExit(A())",
    'exit subclass': "class E(SystemExit): code = 7\nraise E",
    'exit bad code': "class E(SystemExit):\n    @property\n    def code(self): 1/0\nraise E",
    'exit without stderr': "import sys; sys.stderr = None; sys.exit('x')",
    'exit closed stderr': "import sys; sys.stderr.close(); sys.exit('x')",
    'exit with locals': """
class A:
    def __del__(self): print('del')
def f():
    a = A()
    raise SystemExit('bye')
f()
""",
    'exit in thread': """
import threading, sys
t = threading.Thread(target=lambda: sys.exit(5)); t.start(); t.join(); print('on')
""",
    'os._exit': "import os; print('lost'); os._exit(9)",
    'quit': "print('a'); quit()",
    'keyboard interrupt': "raise KeyboardInterrupt",
    'own interrupt': "import os, signal\nprint('a')\nos.kill(os.getpid(), signal.SIGINT)\nwhile True: pass",
    'interrupt subclass': "class K(KeyboardInterrupt): pass\nraise K('x')",
    'interrupt and finalizer': """
class A:
    def __del__(self): print('del')
a = A()
raise KeyboardInterrupt
""",
    'abort': "import os; print('a', flush=True); os.abort()",
    'killed': "import os, signal; print('lost'); os.kill(os.getpid(), signal.SIGKILL)",
    'terminated': "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    'segfault': "import ctypes; print('a', flush=True); ctypes.string_at(0)",
    'atexit': "import atexit\natexit.register(print, 'last')\natexit.register(print, 'first')\nprint('a')",
    'atexit raises': "import atexit\natexit.register(lambda: 1/0)\natexit.register(print, 'first')",
    'atexit exits': "import atexit, sys\natexit.register(print, 'x')\natexit.register(sys.exit, 4)",
    'atexit raises SystemExit': "import atexit\n@atexit.register\ndef f(): raise SystemExit('x')",
    'atexit leaves': """
import atexit
class A:
    def __del__(self): print('del')
@atexit.register
def f(): global a; a = A(); print('__file__' in globals(), __name__)
""",
    'atexit in atexit': "import atexit\n@atexit.register\ndef f(): atexit.register(print, 'more')",
    'atexit starts thread': """
import atexit, threading
@atexit.register
def f():
    t = threading.Thread(target=lambda: print('thread')); t.start(); t.join()
""",
    'finalizers in order': """
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, __name__)
a, b = A('a'), A('b')
_c = A('_c')
cycle = A('cycle'); cycle.self = cycle
del cycle
print('end')
""",
    'exit, finalizers in order': """
import sys
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, __name__)
a, _b, __c, d = A('a'), A('_b'), A('__c'), A('d')
sys.exit()
""",
    'error, finalizers in order': """
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, __name__)
def f(): x = A('x'); 1 / 0
a, _b, __c, d = A('a'), A('_b'), A('__c'), A('d')
f()
""",
    'finalizer without collector': """
class A:
    __slots__ = ()
    def __del__(self): print('del')
a = A()
""",
    'finalizer frozen': """
import gc
class A:
    def __del__(self): print('del')
a = A(); b = A(); b.b = b
gc.freeze()
""",
    'finalizer on class later': "class A: pass\na = A()\nA.__del__ = lambda self: print('del')",
    'finalizer raises': "class A:\n    def __del__(self): 1/0\na = A()",
    'finalizer sees file': "class A:\n    def __del__(self): print('__file__' in globals())\na = A()",
    'finalizer in metaclass': """
class M(type):
    def __del__(cls): print('del', cls.__name__)
class A(metaclass=M): pass
""",
    'finalizer in module': """
import sys, types
class A:
    def __del__(self): print('del')
m = types.ModuleType('m'); m.a = A(); sys.modules['m'] = m; del m, A
""",
    'weak callback': """
import weakref
class A: pass
a = A()
r = weakref.ref(a, lambda r: print('gone'))
""",
    'weakref.finalize': "import weakref\nclass A: pass\na = A(); weakref.finalize(a, print, 'final')",
    'weak containers': """
import weakref, abc, collections.abc
class A: pass
a = A(); s = weakref.WeakSet([a]); d = weakref.WeakValueDictionary(a=a)
isinstance(a, collections.abc.Iterable)
""",
    'suspended generator': """
def g():
    try: yield 1
    finally: print('finally')
x = g(); print(next(x))
""",
    'suspended with': """
import contextlib
@contextlib.contextmanager
def c():
    yield 1
    print('after')
x = c(); x.__enter__()
""",
    'coroutine not awaited': "async def f(): pass\nc = f()",
    'async generator': """
import asyncio
async def g():
    try:
        yield 1; yield 2
    finally: print('finally')
async def main():
    async for i in g(): break
asyncio.run(main())
""",
    'unflushed file': """
import atexit, os
f = open('out.txt', 'w'); f.write('kept')
class A:
    def __del__(self, os=os): print(os.path.getsize('out.txt'))
""",
    'file in cycle': "f = open('out.txt', 'w'); f.write('x' * 10); l = [f]; l.append(l)",
    'resource warning': "import warnings\nwarnings.simplefilter('always')\nf = open('main.py')",
    'string files': "import io\ns = io.StringIO('a'); b = io.BytesIO(b'b'); print(s.read(), b.read())",
    'thread': "import threading\nthreading.Thread(target=print, args=('thread',)).start()\nprint('main')",
    'thread ends later': """
import threading, time
def f(): time.sleep(0.05); print('thread')
threading.Thread(target=f).start()
""",
    'thread raises': "import threading\nt = threading.Thread(target=lambda: 1/0, name='t'); t.start(); t.join()",
    'daemon thread': """
import threading, time
e = threading.Event()
def f():
    e.set()
    while True: time.sleep(0.001)
threading.Thread(target=f, daemon=True).start(); e.wait()
print('main')
""",
    'executor left open': """
from concurrent.futures import ThreadPoolExecutor
e = ThreadPoolExecutor(2)
e.submit(print, 'worked')
""",
    'executor map': """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(3) as e: print(list(e.map(abs, [-1, -2])))
""",
    'thread exception hook': """
import threading
threading.excepthook = lambda a: print('hook', a.exc_type)
threading.Thread(target=lambda: 1/0).start()
""",
    'raw thread': "import _thread, time\nl = _thread.allocate_lock(); l.acquire()\n_thread.start_new_thread(l.release, ())\nl.acquire(); print('x')",
    'stdout closed': "import sys; print('a'); sys.stdout.close()",
    'stderr closed': "import sys; sys.stderr.close(); 1/0",
    'both closed': "import sys; print('a'); sys.stdout.close(); sys.stderr.close()",
    'stdout None': "import sys; print('a'); sys.stdout = None; print('b')",
    'stdout gone': "import sys; print('a'); del sys.stdout",
    'stdout detached': "import sys; print('a'); b = sys.stdout.detach(); b.write(b'raw')",
    'stdout replaced': """
import sys
class W:
    def write(self, s): sys.__stdout__.write(s.upper())
    def flush(self): sys.__stdout__.write('[flush]'); sys.__stdout__.flush()
sys.stdout = W(); print('a')
""",
    'stdout without flush': "import sys\nclass W:\n    def write(self, s): pass\nsys.stdout = W(); print('a')",
    'stdout flush raises': "import sys\nclass W:\n    def flush(self): 1/0\nsys.stdout = W()",
    'stderr flush raises': "import sys\nclass W:\n    def flush(self): 1/0\nsys.stderr = W()",
    'stdout string': "import sys, io; sys.stdout = io.StringIO(); print('a')",
    'stdout to file': "import sys; sys.stdout = open('o', 'w'); print('a')",
    'descriptor closed': "import os; print('a'); os.close(1)",
    'descriptor closed, errors closed': "import os; print('a'); os.close(1); os.close(2)",
    'stdin closed': "import sys, os; os.close(0); print(sys.stdin.closed)",
    'encoding error': "import sys\nsys.stdout.reconfigure(encoding='ascii'); print('é')",
    'surrogate': "print('a\\udc80')",
    'exception hook': "import sys\nsys.excepthook = lambda *a: print('hook', a[0], a[1])\nraise ValueError(1)",
    'exception hook raises': "import sys\ndef hook(*a): raise KeyError('k')\nsys.excepthook = hook\nraise ValueError(1)",
    'exception hook exits': "import sys\nsys.excepthook = lambda *a: sys.exit(6)\nraise ValueError(1)",
    'exception hook exits, finalizer': """
import sys
class A:
    def __del__(self): print('del')
a = A()
sys.excepthook = lambda *a: sys.exit(6)
raise ValueError(1)
""",
    'exception hook and finalizers': """
import sys
class A:
    def __del__(self): print('del')
a = A()
sys.excepthook = lambda *a: print('hook')
raise ValueError(1)
""",
    'exception hook gone': "import sys\ndel sys.excepthook\nraise ValueError(1)",
    'unraisable hook': """
import sys
sys.unraisablehook = lambda a: print('unraisable', a.exc_type)
class A:
    def __del__(self): 1/0
a = A()
""",
    'collector hook': "import gc; gc.callbacks.append(lambda phase, info: print(phase))",
    'display hook': "import sys; sys.displayhook = print; 1",
    'logging': "import logging\nlogging.basicConfig(); logging.warning('w'); logging.getLogger().info('i')",
    'warnings': "import warnings\nwarnings.warn('careful')",
    'deep recursion': "def f(n): return f(n + 1)\nf(0)",
    'recursion depth': """
import sys
def f(n):
    try: return f(n + 1)
    except RecursionError: return n
print(f(0), sys.getrecursionlimit())
class A:
    def __getattr__(self, name): return getattr(self, name + 'x')
try: A().b
except RecursionError as e: print(e)
""",
    'traced': """
import sys
def trace(frame, event, arg): print(event, frame.f_code.co_name, file=sys.__stdout__); return trace
import threading
sys.settrace(trace)
def f(): return 1
f()
""",
    'audited': "import sys\nsys.addaudithook(lambda e, a: print(e) if e.startswith(('gc', 'cpython', 'sys')) else None)\nprint('x')",
    'temporary folder': """
import tempfile, os
t = tempfile.TemporaryDirectory(); f = tempfile.NamedTemporaryFile()
print(os.path.dirname(t.name) == os.getcwd())
""",
    'database': """
import sqlite3
c = sqlite3.connect('d.db'); c.execute('create table t (x)'); c.execute('insert into t values (1)')
print('x')
""",
    'c stdio': "import ctypes; ctypes.CDLL(None).printf(b'from C\\n'); print('from Python')",
    'main re-imported': "import sys\nif __name__ == '__main__':\n    import main\n    print('main' in sys.modules)\nelse: print(__name__, __file__)",
    'sys.modules cleared': "import sys\nsys.modules.clear()\nprint('x')",
    'builtins gone': "import builtins\ndel builtins.print, builtins.open\nx = [1]",
    'main replaced': "import sys, types\nsys.modules['__main__'] = types.ModuleType('x')\nprint(__name__)",
    'names deleted': "del __file__, __cached__\nprint(sorted(globals()))",
    'own module': "open('m.py', 'w').write('x = 1')\nimport m\nprint(m.x, m.__file__)",
    'alarm': "import signal, time\nsignal.signal(signal.SIGALRM, lambda *a: print('alarm'))\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(0.05)",
    'nested interpreter frames': "exec(compile('raise ValueError(1)', 'x', 'exec'))",
    'memory error': "x = []\nwhile True: x.append(bytearray(1 << 60))",
}

SURROUNDINGS = {
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

SOURCES = {
    'no newline': "print(1)\nif 1:\n    print(2)",
    'windows newlines': "print(1)\r\nif 1:\r\n    print('''a\r\nb''')\r\n",
    'mac newlines': "print(1)\rprint(2)\r",
    'tabs': "if 1:\n\tprint(1)\n        print(2)\n",
    'form feed': "\x0cprint(1)\n\x0c\nprint(2)",
    'mark': b"\xef\xbb\xbfprint('\xc3\xa9')",
    'mark, other encoding': b"\xef\xbb\xbf# coding: latin-1\nprint('\xc3\xa9')",
    'declared': b"# -*- coding: latin-1 -*-\nprint('\xc3\xa9')",
    'declared second': b"#!/usr/bin/python3\n# vim: set fileencoding=latin-1 :\nprint('\xc3\xa9')",
    'declared utf-8': b"# coding: utf-8\nprint('\xc3\xa9', 1 +)",
    'declared unknown': "# coding: klingon\nprint(1)",
    'declared third': b"\n\n# coding: latin-1\nprint('\xc3\xa9')",
    'not utf-8': b"print('\xe9')",
    'nul': "print(1)\nx = '\0'\n",
    'nul at end': "print(1)\n\0",
    'only comment': '# nothing',
    'future': "from __future__ import annotations\ndef f(x: y): pass\nprint(f.__annotations__)",
    'future late': "x = 1\nfrom __future__ import annotations",
    'docstring': "'''doc'''\nprint(__doc__)",
    'annotations': "x: int = 1\nprint(__annotations__)",
    'unclosed': "print((1,\n\n",
    'unclosed string': "x = '''abc\n\n",
    'unfinished string': "print('abc\n",
    'unfinished block': "def f():",
    'missing colon': "if True\n    print(1)",
    'bad indent': "  print(1)",
    'bad dedent': "if 1:\n    if 1:\n        x\n   y",
    'bad token': "x = 1 $ 2",
    'bad character': "print(“hello”)",
    'bad number': "x = 012",
    'bad escape': "print('\\N{nothing}')",
    'warned escape': "print('\\d')",
    'backslash at end': "x = 1 + \\",
    'keyword': "class = 1",
    'assignment': "f() = 1",
    'print statement': "print 'hello'",
    'return outside': "return 1",
    'await outside': "await f()",
    'nonlocal': "nonlocal x",
    'duplicate argument': "def f(a, a): pass",
    'is literal': "x = 1\nprint(x is 1)",
    'non-ascii error': "é = 1 +",
    'long line': "x = [" + "1, " * 20000 + "]\nprint(len(x))",
    'deep nesting': "(" * 300 + ")" * 300,
    'too deep expression': "x = " + "-" * 100000 + "1",
    'warning and error': "x = 1\nprint(x is 1, '\\d')\nreturn 1",
    'warning and parser error': "x = 1\nprint(x is 1, '\\d')\ndef f():",
    'tab in error': "if 1:\n\tx = (1 +\n\t\t)",
}
