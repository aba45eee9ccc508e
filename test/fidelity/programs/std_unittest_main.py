# unittest.main() as most programs call it: exit code 1, results on stderr, with the time left out.
import sys
import unittest


class Timeless:
    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        self.stream.write("Ran in time\n" if text.startswith("Ran ") else text)

    def flush(self):
        self.stream.flush()


class Tests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("class set up")

    def tearDown(self):
        print("torn down", self.id())

    def test_good(self):
        with self.assertRaises(ZeroDivisionError):
            1 / 0

    def test_bad(self):
        self.assertEqual("one\ntwo\n", "one\n2\n")

    def test_error(self):
        raise LookupError("unexpected")


class Asynchronous(unittest.IsolatedAsyncioTestCase):
    async def test_awaits(self):
        self.addAsyncCleanup(self.cleaned)

    async def cleaned(self):
        print("cleaned")


sys.stderr = Timeless(sys.stderr)
unittest.main()
