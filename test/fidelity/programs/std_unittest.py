# unittest: a pass, a failure, an error, a skip, subtests; the summary's time is replaced.
import io
import re
import sys
import unittest


class Sums(unittest.TestCase):
    def setUp(self):
        self.numbers = [1, 2, 3]

    def test_pass(self):
        self.assertEqual(sum(self.numbers), 6)

    def test_fail(self):
        self.assertEqual({"a": [1, 2]}, {"a": [1, 3]}, "not the same")

    def test_error(self):
        self.numbers["x"]

    @unittest.skip("not today")
    def test_skip(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    def test_subtests(self):
        for n in range(4):
            with self.subTest(n=n):
                self.assertEqual(n % 2, 0)

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "invalid literal"):
            int("x")


stream = io.StringIO()
program = unittest.main(exit=False, verbosity=2, testRunner=unittest.TextTestRunner(stream, verbosity=2))
print(re.sub(r"in [\d.]+s", "in some time", stream.getvalue()), file=sys.stderr)
sys.exit(not program.result.wasSuccessful())
