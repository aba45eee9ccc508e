"""A Python module that sees each look for a module, and changes with it."""

MODULE = "counting"
SOURCE = """
import sys
looked_for = 0
class Finder:
    @staticmethod
    def find_spec(*_):
        global looked_for
        looked_for += 1
sys.meta_path.insert(0, Finder)
"""
WHY_NOT_KEPT = f"ImportError: '{MODULE}.looked_for' has changed"
