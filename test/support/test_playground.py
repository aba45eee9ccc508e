"""The helper itself: a server that starts or stops badly is told, and nothing of it is left."""

import os
import stat
import sys
from pathlib import Path

import pytest

from support import processes
from support.playground import Playground, StartError, StopError

# A stand-in for the server: answers /readyz with {READY}, logs a line that is no JSON, and ends with
# {CODE} on SIGTERM; {EXTRA} is run first.
STAND_IN = """#!{PYTHON}
import http.server, json, os, signal, subprocess, sys, threading

class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response({READY})
        self.end_headers()
    def log_message(self, *_):
        pass

signal.signal(signal.SIGTERM, lambda *_: os._exit({CODE}))
{EXTRA}
print("not json", file=sys.stderr)
for role in ("ui", "backend", "admin"):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ready)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    line = {{"event": "listening", "role": role, "address": "127.0.0.1:%d" % server.server_port}}
    print(json.dumps(line), file=sys.stderr, flush=True)
while True:
    signal.pause()
"""

CHILD = "subprocess.Popen(['sleep', '1000'], stderr=subprocess.DEVNULL, start_new_session={})"


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes `Playground()` start a stand-in: stand_in(ready=, code=, extra=)."""

    def make(ready: int = 200, code: int = 0, extra: str = "") -> Playground:
        path = tmp_path / "playground"
        path.write_text(STAND_IN.format(PYTHON=sys.executable, READY=ready, CODE=code, EXTRA=extra))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PLAYGROUND_BINARY", str(path))
        return Playground("all")

    return make


def assert_nothing_left(server: Playground) -> None:
    assert processes.family(server.pid) == []


def test_clean_server_starts_and_stops(stand_in):
    with stand_in() as server:
        assert server.ui and server.backend and server.admin
        assert server.log()[0] == "not json"
        assert [event["role"] for event in server.events("listening")] == ["ui", "backend", "admin"]
        assert server.children() == []
    assert_nothing_left(server)


def test_early_exit_is_told_with_the_log(stand_in):
    server = stand_in(extra="print('port taken', file=sys.stderr); sys.exit(2)")
    with pytest.raises(StartError, match=r"no listener logged.*\(exit code 2\)\n  port taken"):
        server.start()
    assert_nothing_left(server)


def test_server_that_never_becomes_ready_is_told(stand_in):
    server = stand_in(ready=503)
    server.launch()
    server.wait_listening()
    with pytest.raises(StartError, match="backend is not ready"):
        server.wait_ready(seconds=0.05)
    server.kill()
    assert_nothing_left(server)


def test_exit_code_after_sigterm_is_told(stand_in):
    server = stand_in(code=3).start()
    with pytest.raises(StopError, match="ended with 3"):
        server.stop()
    assert_nothing_left(server)


@pytest.mark.parametrize("session", [False, True], ids=["same session", "session of its own"])
def test_process_that_is_left_behind_is_told_and_killed(stand_in, session):
    server = stand_in(extra=CHILD.format(session)).start()
    [child] = server.children()
    with pytest.raises(StopError, match="left processes behind"):
        server.stop(vanish_seconds=0.05)
    assert not child.same(processes.read(child.pid))


def test_exception_in_the_block_kills(stand_in):
    server = stand_in(extra=CHILD.format(True))
    with pytest.raises(KeyError):
        with server:
            children = server.children()
            raise KeyError("a failing test")
    assert children and processes.survivors(children) == []
    assert_nothing_left(server)


def test_callers_settings_do_not_reach_the_server(stand_in, monkeypatch):
    monkeypatch.setenv("PLAYGROUND_POOL_SIZE", "from the caller")
    names = "print(sorted(k for k in os.environ if k[:11] == 'PLAYGROUND_'), file=sys.stderr)"
    with stand_in(extra=names) as server:
        assert "POOL_SIZE" not in server.log()[0]
        assert "PLAYGROUND_UI_LISTEN" in server.log()[0]
    assert os.environ["PLAYGROUND_POOL_SIZE"] == "from the caller"
