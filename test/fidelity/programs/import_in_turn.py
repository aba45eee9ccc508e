# What each import adds to sys.modules, in its order, where others have been imported before.
import sys

NAMES = """json typing dataclasses random collections.abc unittest statistics datetime csv pathlib urllib.parse
decimal argparse heapq inspect _strptime weakref logging threading queue copy pprint textwrap importlib.util fractions"""
for name in NAMES.split():
    before = list(sys.modules)
    __import__(name)
    print(name, [module for module in sys.modules if module not in before])
print([name for name in sys.modules if not hasattr(sys.modules[name], "__name__")])
