"""Several interpreters behind one backend: Debian's, and a virtual environment made from it that has a module of its own."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import exposition
from observe import SETTLE_SECONDS, metrics, pool, state, wait_idle, wait_running, zygote
from raw_http import RawConnection, evaluation_bytes
from support import counting, openmp
from support.client import EVAL_PATH, PYTHON_PATH, Client, get
from support.playground import Playground, poll
from test_batch import ENDLESS, batch, send
from test_command_line import assert_refused
from test_command_line import run as run_command
from test_streaming import begin, next_lines

PYTHON = "/usr/bin/python3"
VERSIONS = "/py/versions"
MODULE = "only_in_venv"
# The workers of the first zygote are not ready before somebody writes to the named pipe, once it is there.
HELD = "held"
HELD_SOURCE = """
import os
folder = os.path.dirname(__file__)
first = not os.path.exists(f"{folder}/second")
def hold():
    if first and os.path.exists(f"{folder}/hold"): open(f"{folder}/hold").close()
os.register_at_fork(after_in_child=hold)
"""
POOL_SIZE = 2
SEED = "print(hash('a'))"  # of the zygote
WHERE = "import sys; print(sys.prefix)"


@pytest.fixture(scope="module")
def venv() -> Iterator[Path]:
    """Its folder, which interpreters that are not root can read too."""
    folder = Path(tempfile.mkdtemp(prefix="venv-", dir="/dev/shm"))
    try:
        folder.chmod(0o755)
        subprocess.run([PYTHON, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
        packages = next(folder.glob("lib/python3*/site-packages"))
        (packages / f"{MODULE}.py").write_text("__version__ = '1.0'\n")
        (packages / f"{HELD}.py").write_text(HELD_SOURCE)
        openmp.install(packages)
        yield folder
    finally:
        shutil.rmtree(folder)


def options(venv: Path, **more: str) -> dict[str, str]:
    pythons = f"system={PYTHON},venv={venv}/bin/python"
    return {"PLAYGROUND_PYTHON": pythons, "PLAYGROUND_PRELOAD": f"json,{MODULE}", "PLAYGROUND_POOL_SIZE": str(POOL_SIZE)} | more


@pytest.fixture(scope="module")
def server(venv) -> Iterator[Playground]:
    with Playground("all", environment=options(venv)) as started:
        yield started


def run(address: str, code: str, python: str | None = None) -> str:
    with Client(address) as client:
        reply = client.post_json(EVAL_PATH, {"code": code} | ({"python": python} if python else {}))
    assert reply.status == 200, reply.body
    assert (reply.json()["status"], reply.json()["stderr"]) == ("ok", ""), reply.json()
    return reply.json()["stdout"].strip()


def interpreter(server: Playground, name: str) -> dict:
    """Of /debug/state."""
    return next(one for one in state(server)["backend"]["interpreters"] if one["name"] == name)


def test_a_request_chooses_and_the_first_is_the_default(server, venv):
    assert run(server.backend, WHERE, "venv") == str(venv)
    assert run(server.backend, WHERE, "system") == run(server.backend, WHERE) == "/usr"


def test_the_ui_passes_the_choice_on(server, venv):
    with Client(server.ui) as client:
        program = {"code": WHERE, "python": "venv"}
        assert client.post_json("/python", program).json()["stdout"].strip() == str(venv)
        form = client.request("POST", "/python", b"code=import+sys;print(sys.prefix)&python=venv",
                              {"Content-Type": "application/x-www-form-urlencoded"})
        assert form.json()["stdout"].strip() == str(venv)


@pytest.mark.parametrize("role, path", [("backend", EVAL_PATH), ("ui", PYTHON_PATH)])
def test_a_stream_comes_from_the_one_that_is_asked_for(server, venv, role, path):
    with RawConnection(getattr(server, role)) as client:
        begin(client, "import sys, time\nprint(sys.prefix)\ntime.sleep(600)", path, python="venv")
        assert client.read_head().status == 200
        assert next(next_lines(client)) == {"stdout": f"{venv}\n"}
        assert interpreter(server, "venv")["running"] == 1
    wait_running(server, 0)


@pytest.mark.parametrize("role", ["backend", "ui"])
def test_programs_of_a_batch_choose_each_for_itself(server, venv, role):
    chosen = [{"python": "venv"}, {"python": "system"}, {}, {"python": "3.99"}, {"python": 3}] * 5
    replies = batch(getattr(server, role), json.dumps([{"code": WHERE} | choice for choice in chosen]).encode())
    for first in range(0, len(chosen), 5):
        printed = [replies[first + i]["stdout"].strip() for i in range(3)]
        assert printed == [str(venv), "/usr", "/usr"]
        errors = [replies[first + i]["error"] for i in (3, 4)]
        assert [(error["code"], error["field"]) for error in errors] == [("unknown_interpreter", "python"), ("wrong_type", "python")]


def test_a_batch_that_waits_for_one_goes_on_with_the_others(venv):
    """Nor does it hold up anybody else: the one has no worker ready, and makes none until it may go on."""
    with Playground("backend", environment=options(venv, PLAYGROUND_MAX_RUNNING="4")) as server, contextlib.ExitStack() as held:
        assert poll(lambda: (pool(server)["ready"], pool(server)["warming"]) == (2 * POOL_SIZE, 0), SETTLE_SECONDS)
        zygote = interpreter(server, "venv")["zygote"]["pid"]
        os.kill(zygote, signal.SIGSTOP)
        try:
            for _ in range(POOL_SIZE):
                holder = held.enter_context(RawConnection(server.backend))
                holder.send(evaluation_bytes(ENDLESS["code"], python="venv"))
            wait_running(server, POOL_SIZE)
            client = held.enter_context(RawConnection(server.backend))
            send(client, [{"code": WHERE, "python": "venv"}] * 10 + [{"code": WHERE}] * 10)
            client.read_head()
            lines = next_lines(client)
            assert sorted(next(lines)["index"] for _ in range(10)) == list(range(10, 20))
            assert run(server.backend, WHERE) == "/usr"
        finally:
            os.kill(zygote, signal.SIGCONT)
        assert [line["stdout"].strip() for line in lines] == [str(venv)] * 10


@pytest.mark.parametrize("name", ["3.99", "", "Venv"])
def test_an_unknown_one_is_refused_with_those_that_there_are(server, name):
    with Client(server.backend) as client:
        reply = client.post_json(EVAL_PATH, {"code": "", "python": name})
    assert reply.status == 400
    assert reply.json()["error"] == {"code": "unknown_interpreter", "field": "python",
                                     "message": '"python" must be one of system, venv'}


def test_versions_lists_them_with_what_they_have_preloaded(server):
    for address in (server.backend, server.ui):
        found = get(address, VERSIONS).json()
        assert found["default"] == "system"
        system, venv = found["versions"]
        assert (system["name"], venv["name"]) == ("system", "venv")
        assert [module["name"] for module in system["modules"]] == ["json"]
        assert venv["modules"][1:] == [{"name": MODULE, "version": "1.0"}]
        version = run(server.backend, "import platform; print(platform.python_version())")
        assert {one["version"] for one in (system, venv)} == {version}
        assert {one["implementation"] for one in (system, venv)} == {"cpython"}
        assert system["tier"] == state(server)["backend"]["sandbox"]["tier"]


def test_versions_are_told_by_every_loop(venv):
    with Playground("backend", environment=options(venv, PLAYGROUND_LOOPS="3")) as server:
        told = [get(server.backend, VERSIONS).json() for _ in range(12)]
        assert all(one == told[0] for one in told) and len(told[0]["versions"]) == 2


def test_versions_are_guarded_as_programs_are(venv):
    guard = {"PLAYGROUND_TOKENS": "hush", "PLAYGROUND_UI_TOKENS": "page"}
    with Playground("all", environment=options(venv, **guard)) as server:
        for address, token in ((server.backend, "hush"), (server.ui, "page")):
            with Client(address) as client:
                assert client.get(VERSIONS).status == 401
                granted = client.request("GET", VERSIONS, None, {"Authorization": f"Bearer {token}"})
                assert (granted.status, granted.json()["default"]) == (200, "system")


def test_a_single_one_is_called_by_its_version():
    with Playground("backend", environment={"PLAYGROUND_PYTHON": PYTHON}) as server:
        found = get(server.backend, VERSIONS).json()
        name = found["default"]
        assert [one["name"] for one in found["versions"]] == [name]
        assert run(server.backend, "import sys; print('%d.%d' % sys.version_info[:2])", name) == name


def test_what_one_has_not_is_logged_and_the_service_runs_without(venv):
    with Playground("backend", environment=options(venv)) as server:
        event = server.wait_event("preload_failed")
        assert event["python"] == "system" and MODULE in event["detail"]
        assert run(server.backend, f"import {MODULE}; print({MODULE}.__version__)", "venv") == "1.0"


def test_one_that_can_keep_no_modules_ready_is_logged_and_imports_them(venv):
    packages = next(venv.glob("lib/python3*/site-packages"))
    (packages / f"{counting.MODULE}.py").write_text(counting.SOURCE)
    environment = options(venv, PLAYGROUND_PRELOAD=counting.MODULE, PLAYGROUND_PYTHON=f"{venv}/bin/python")
    with Playground("backend", environment=environment) as server:
        assert server.wait_event("stdlib_not_kept")["detail"] == counting.WHY_NOT_KEPT
        assert state(server)["backend"]["zygote"]["kept_modules"] == 0
        assert run(server.backend, "import json; print(json.loads('[1]'))") == "[1]"
    result = run_command("check", PRELOAD=counting.MODULE, PYTHON=f"{venv}/bin/python")
    assert f"warn    interpreter, standard library: {counting.WHY_NOT_KEPT}\n" in result.stdout, result


def test_each_has_its_own_gauges(server):
    families = metrics(server)
    for name in ("system", "venv"):
        assert exposition.value(families, "playground_interpreter_up", python=name) == 1
        assert exposition.value(families, "playground_interpreter_queued", python=name) == 0


def test_one_serves_while_the_others_zygote_is_replaced(venv):
    with Playground("backend", environment=options(venv)) as server:
        before = run(server.backend, SEED)
        os.kill(interpreter(server, "venv")["zygote"]["pid"], signal.SIGKILL)
        assert run(server.backend, SEED) == before
        assert poll(lambda: interpreter(server, "venv")["zygote"]["generation"] == 2, 20)
        assert run(server.backend, WHERE, "venv") == str(venv)
        assert interpreter(server, "system")["zygote"]["generation"] == 1


def test_sighup_replaces_all(venv):
    with Playground("backend", environment=options(venv)) as server:
        server.send_signal(signal.SIGHUP)
        for name in ("system", "venv"):
            assert poll(lambda name=name: interpreter(server, name)["zygote"]["generation"] == 2, 20)


def test_threads_of_a_preloaded_library_count_against_the_limit(venv):
    code = f"import team, time\nprint(team.library.most_threads(), flush=True)\nif {openmp.THREADS} > {{}}: time.sleep(60)"
    for allowed, status, limit in ((openmp.THREADS, "ok", None), (openmp.THREADS - 1, "signal", "threads")):
        more = {"PLAYGROUND_PRELOAD": openmp.MODULE, "PLAYGROUND_THREADS": str(allowed)}
        with Playground("backend", environment=options(venv, **more)) as server, Client(server.backend) as client:
            outcome = client.post_json(EVAL_PATH, {"code": code.format(allowed), "python": "venv"}).json()
            assert (outcome["status"], outcome["limit"]) == (status, limit), outcome


def test_check_tries_each(venv):
    result = run_command("check", "backend", **{name.removeprefix("PLAYGROUND_"): value for name, value in options(venv).items()})
    assert result.returncode == 0, result.stdout
    lines = result.stdout.splitlines()
    for name in ("system", "venv"):
        assert any(line.startswith(f"  ok      interpreter {name}: CPython ") for line in lines), result.stdout
    assert [line for line in lines if line.startswith("  warn    interpreter system, preload: ")
            ] == [f"  warn    interpreter system, preload: {MODULE}: ModuleNotFoundError: No module named '{MODULE}'"]
    assert not any(line.startswith("  warn    interpreter venv") for line in lines)


def test_one_that_can_not_be_an_interpreter_prevents_the_start(venv):
    assert_refused(run_command("backend", PYTHON=f"system={PYTHON},none=/bin/false"), "none: ")
    assert_refused(run_command("backend", PYTHON=f"a={PYTHON},a={PYTHON}"), "PLAYGROUND_PYTHON", "a: the name is there twice")


def test_a_worker_that_is_not_ready_when_its_zygote_is_replaced_is_given_up(venv):
    """Nobody would hear of it: its way to say that it is ready ends with the zygote."""
    folder = next(venv.glob("lib/python3*/site-packages"))
    environment = {"PLAYGROUND_PYTHON": f"{venv}/bin/python", "PLAYGROUND_PRELOAD": HELD, "PLAYGROUND_POOL_SIZE": str(POOL_SIZE)}
    with Playground("backend", environment=environment) as server:
        os.mkfifo(folder / "hold")
        assert run(server.backend, "print(1)") == "1"
        assert poll(lambda: pool(server)["warming"] == 1, SETTLE_SECONDS), pool(server)
        (folder / "second").touch()
        before = zygote(server)["generation"]
        server.send_signal(signal.SIGHUP)
        assert poll(lambda: zygote(server)["generation"] > before, SETTLE_SECONDS), zygote(server)
        wait_idle(server, POOL_SIZE)
