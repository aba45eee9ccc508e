# __del__ in cycles and at exit, with globals that are gone or not.
import sys


class Node:
    def __init__(self, name):
        self.name = name
        self.me = self

    def __del__(self):
        print("del", self.name, "helper" in globals() and globals()["helper"] is not None, sys is not None)


def helper():
    pass


node = Node("cycle")
other = Node("other")
other.node = node
del other
print("main ends")
