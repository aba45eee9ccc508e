# A trace function that stays on sees what runs while the program ends.
import atexit
import sys


class Late:
    def __del__(self):
        print("finalized")


@atexit.register
def leave():
    print("atexit")


def tracer(frame, event, argument):
    if frame.f_globals.get("__name__") == "__main__":
        print(event, frame.f_code.co_name, frame.f_lineno, file=sys.stderr)


late = Late()
sys.setprofile(tracer)
