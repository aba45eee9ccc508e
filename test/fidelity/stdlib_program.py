# Runs one module of the standard library's own tests, whose name is the argument, and tells on descriptor 1
# as the last line what came of each test: a JSON list of [name, outcome], sorted. stdlib.py sends it.
import json
import os
import sys
import unittest
import warnings

import test.support

OUTPUT = os.dup(1)  # tests replace and close what is there


class Noting(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.seen = []

    def note(self, test, outcome):
        self.seen.append([test.id(), outcome])

    def addSuccess(self, test):
        self.note(test, "ok")

    def addError(self, test, error):
        self.note(test, f"error {error[0].__name__}")

    def addFailure(self, test, error):
        self.note(test, "fail")

    def addSkip(self, test, reason):
        self.note(test, "skip")

    def addExpectedFailure(self, test, error):
        self.note(test, "expected failure")

    def addUnexpectedSuccess(self, test):
        self.note(test, "unexpected success")

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.note(subtest, f"subtest {error[0].__name__}")


test.support.use_resources = []  # nothing that needs a network, gigabytes, or minutes
warnings.simplefilter("default")
result = Noting()
unittest.defaultTestLoader.loadTestsFromName(sys.argv[1]).run(result)
sys.stdout.flush()
with os.fdopen(OUTPUT, "w") as output:
    output.write("\n")
    json.dump(sorted(result.seen), output)
