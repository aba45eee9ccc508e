# __del__ that raises at exit: an ignored exception on stderr, exit code 0.
class Late:
    def __call__(self):
        raise ValueError("too late")

    def __repr__(self):
        return "<Late>"


class Failing:
    __del__ = Late()


failing = Failing()
print("main ends")
