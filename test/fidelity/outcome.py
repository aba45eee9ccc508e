"""What a run of a program leaves behind: the two streams and how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# The folder before a main.py that is not the interpreter's own (unittest has one).
_MAIN = re.compile(r'(/[^\s"\'<>:]*/)main\.py\b')
_LIBRARY = re.compile(r"/lib(64)?/python3|/usr/")
# Where an object lies in memory is another place at every start of the interpreter.
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{8,16}\b")


@dataclass(frozen=True)
class Outcome:
    """`stdout` and `stderr` are text in which bytes that are not UTF-8 have become U+FFFD.

    `status` is a word of the API; `exit_code` is None for a program that a signal ended, `signal`
    the signal's name then.
    """

    status: str
    stdout: str
    stderr: str
    exit_code: int | None
    signal: str | None

    @staticmethod
    def of_reply(reply: dict) -> Outcome:
        """The outcome in a server's reply. Raises KeyError when a field is missing."""
        return Outcome(reply["status"], reply["stdout"], reply["stderr"], reply["exit_code"],
                       reply["signal"])

    def stripped(self) -> Outcome:
        """The same without the folder that the program ran in: "/any/where/main.py" → "main.py", and without
        the addresses of objects: "<f at 0x7f00…>" → "<f at 0x…>".

        The folder is learnt from the text itself, for a server does not tell which it was.
        """
        folders = {
            folder for text in (self.stdout, self.stderr) for folder in _MAIN.findall(text)
            if not _LIBRARY.match(folder) and not _LIBRARY.search(folder)
        }
        stdout, stderr = self.stdout, self.stderr
        for folder in sorted(folders, key=len, reverse=True):
            stdout, stderr = stdout.replace(folder, ""), stderr.replace(folder, "")
        return replace(self, stdout=_ADDRESS.sub("at 0x…", stdout), stderr=_ADDRESS.sub("at 0x…", stderr))
