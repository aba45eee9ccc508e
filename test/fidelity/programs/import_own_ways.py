# Finders, paths and __import__ of the program's own see every import, also those of the library's modules.
import builtins
import os
import sys

asked = []


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        asked.append(name)


sys.meta_path.insert(0, Finder)
import json

print(asked)
sys.meta_path.remove(Finder)

original, named = builtins.__import__, []
builtins.__import__ = lambda name, *rest: named.append(name) or original(name, *rest)
import csv

print(named)
builtins.__import__ = original

os.mkdir("first")
with open("first/heapq.py", "w") as file:
    file.write("own = True\n")
sys.path.insert(0, "first")
import heapq

print(heapq.own)
sys.path[:] = sys.path[2:]
import statistics

print(statistics.mean([1, 2]))
