"""Programs for test_fidelity.py: those that change their streams, hooks or modules, and then end."""

CASES = {
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
