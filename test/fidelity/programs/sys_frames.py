# The program is the outermost frame: nothing below it, in depth, stacks and current frames.
import inspect
import sys
import threading
import traceback


def depth():
    frame, count = sys._getframe(), 0
    while frame:
        frame, count = frame.f_back, count + 1
    return count


print(depth(), (lambda: depth())(), sys._getframe().f_back, sys._getframe().f_code.co_name, len(inspect.stack()))
try:
    sys._getframe(1)
except ValueError as error:
    print(error)
print(len(sys._current_frames()), sys._current_frames()[threading.get_ident()] is sys._getframe(), list(sys._current_exceptions().values()))
traceback.print_stack()
print(traceback.format_stack()[0].count("\n"), [frame.name for frame in traceback.extract_stack()])
code = sys._getframe().f_code
print(code.co_filename == __file__, code.co_firstlineno, code.co_name, code.co_qualname, code.co_flags, code.co_nlocals)
print(sys._getframe().f_globals is globals(), sys._getframe().f_builtins is __builtins__.__dict__, sys._getframe().f_trace)


def generator():
    yield depth()


print(next(generator()), [depth() for _ in range(1)], max((depth() for _ in range(1))))


class Body:
    at = depth()


print(Body.at)
thread = threading.Thread(target=lambda: print(depth(), [frame.name for frame in traceback.extract_stack()]))
thread.start()
thread.join()
