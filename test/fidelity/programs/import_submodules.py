# A package has the modules in it as attributes once they are imported, not before.
import importlib
import unittest
import urllib

print(hasattr(urllib, "parse"), hasattr(unittest, "mock"), hasattr(unittest, "case"), hasattr(importlib, "abc"))
import pathlib

print(hasattr(urllib, "parse"), hasattr(urllib, "request"))
import collections
import json

print(hasattr(collections, "abc"), hasattr(json, "tool"), json.scanner.__name__, json.__path__ == [json.__file__.rpartition("/")[0]])
import importlib.machinery as machinery

print(importlib._bootstrap.__name__, machinery.__spec__.name, type(json.__loader__), json.__spec__.origin == json.__file__)
