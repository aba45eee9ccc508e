# runpy.run_path of oneself and of another file: __name__, __file__, sys.argv are set and put back.
import os
import runpy
import sys

if __name__ != "__main__":
    print("run as", __name__, __file__ == sys.argv[0], __spec__, __package__ == "", sorted(globals()))
    print(sys.modules.get(__name__) is not None)
else:
    left = runpy.run_path("main.py", init_globals={"given": 1}, run_name="again")
    print(left["given"], sorted(left), sys.argv == [os.path.basename(__file__)], "again" in sys.modules)
    with open("other.py", "w") as file:
        file.write("import sys\nprint(__name__, __file__, sys.argv)\nvalue = 5\nraise SystemExit(value)\n")
    try:
        runpy.run_path("other.py", run_name="__main__")
    except SystemExit as error:
        print("exits with", error.code)
    print(sys.argv, sys.modules["__main__"].__file__ == __file__)
    runpy.run_path("missing.py")
