"""Programs for test_fidelity.py: the ways in which one ends."""

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
}
