"""Evaluations of people who do no harm: they must be as if they were alone."""

from __future__ import annotations

import http.client
import secrets
import threading

from support.client import Client, UnexpectedReply

SIMPLE = "print(6*7)"

# Folder, environment, descriptors, threads and signals as a program has to find them.
LOOK = """
import os, signal, sys, threading
def is_open(fd):
    try: os.fstat(fd)
    except OSError: return False
    return True
print(sorted(os.listdir('.')), sorted(os.environ), os.environ['HOME'] == os.environ['TMPDIR'] == os.getcwd(),
      [fd for fd in range(100) if is_open(fd)], threading.active_count(), signal.pthread_sigmask(0, []) == set(),
      signal.getsignal(signal.SIGTERM).name, len(sys.argv), os.path.exists('/dev/null'))
"""
LOOKED = "['main.py'] ['HOME', 'LANG', 'PATH', 'TMPDIR'] True [0, 1, 2] 1 True SIG_DFL 1 True\n"

# Runs beside an attack for a while, with something to steal and to spoil.
NEIGHBOUR = """
import os, time
SECRET = '{secret}'
with open('secret.txt', 'w') as file: file.write(SECRET)
os.environ['SECRET'] = SECRET
end = time.monotonic() + 0.25
while time.monotonic() < end: time.sleep(0.005)
with open('secret.txt') as file: assert file.read() == SECRET
assert sorted(os.listdir('.')) == ['main.py', 'secret.txt'], os.listdir('.')
assert os.nice(0) == 0 and os.sched_getscheduler(0) == os.SCHED_OTHER
print('untouched')
"""


def touched(client: Client) -> str:
    """Runs both innocents; what is wrong with them, "" when nothing is."""
    for code, expected in ((SIMPLE, "42\n"), (LOOK, LOOKED)):
        try:
            reply = client.evaluate(code)
        except (UnexpectedReply, OSError, http.client.HTTPException) as error:
            return f"an innocent evaluation: {error}"[:300]
        if (reply["stdout"], reply["stderr"], reply["status"]) != (expected, "", "ok"):
            return f"an innocent evaluation found: {reply['stdout']!r} {reply['stderr'][-300:]!r} {reply['status']}"
    return ""


class Neighbour:
    """Keeps one evaluation of NEIGHBOUR running until the block is left."""

    def __init__(self, address: str) -> None:
        self.secret = secrets.token_hex(16)
        self._address = address
        self._stop = threading.Event()
        self._problems: list[str] = []
        self._thread = threading.Thread(target=self._live, daemon=True)

    def __enter__(self) -> Neighbour:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def problems(self) -> list[str]:
        """What happened to it since this was last asked."""
        found, self._problems = self._problems, []
        return found

    def _live(self) -> None:
        with Client(self._address) as client:
            while not self._stop.is_set():
                try:
                    reply = client.evaluate(NEIGHBOUR.format(secret=self.secret))
                except (UnexpectedReply, OSError, http.client.HTTPException) as error:
                    self._problems.append(str(error)[:300])
                    return
                if (reply["stdout"], reply["status"]) != ("untouched\n", "ok"):
                    told = {k: reply[k] for k in ("status", "limit", "signal", "stdout")}
                    self._problems.append(f"{told} {reply['stderr'][-300:]}".replace(self.secret, "SECRET"))
