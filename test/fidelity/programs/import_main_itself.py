# `import __main__` is the running program; `import main` runs it a second time, as another module.
import sys

if __name__ == "__main__":
    import __main__

    print(__main__ is sys.modules["__main__"], __main__.__dict__ is globals(), __main__.__file__ == __file__)
    import main

    print(main is __main__, main.__name__, main.__spec__.name, main.__spec__.origin == __file__, main.answer)
    from main import Point

    print(Point.__module__, Point is __main__.__dict__.get("Point"))
else:
    print("imported as", __name__, "from", __spec__.loader.__class__.__name__)
    answer = 42


class Point:
    pass


print("end of", __name__, main.Point is Point if __name__ == "__main__" else "")
