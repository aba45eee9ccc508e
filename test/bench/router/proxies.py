"""nginx, HAProxy and the ui in front of the same two constant backends, each on a port of 127.0.0.1.

Each proxy has one worker, takes the backends in turn and keeps its connections to them. The constant backends
are nginx as well, for it answers a fixed reply faster than any of the three can pass it on.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cost
import servers
from support import nginx
from support.client import EVAL_PATH, PYTHON_PATH, post_json
from support.nginx import Nginx
from support.playground import Playground, poll

START_SECONDS = 10.0
STOP_SECONDS = 10.0
KEPT_CONNECTIONS = 256  # to the backends: as many as the largest load has
STDOUT = "a constant reply\n"
OURS, DIRECT = "playground ui", "constant backend itself"
REPLY_BYTES = 300

# `{{port}}` is filled in by support.nginx.
CONSTANT_SERVER = """\
  keepalive_requests 1000000000;
  server {{
    listen 127.0.0.1:{{port}} backlog=1024;
    location = /readyz {{ return 200 '{{}}'; }}
    location = {path} {{ return 200 '{reply}'; }}
  }}
"""
PROXY_SERVER = """\
  keepalive_requests 1000000000;
  upstream backends {{ {servers} keepalive {kept}; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{{port}} backlog=1024;
    location = {path} {{
      proxy_pass http://backends{backend_path};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }}
  }}
"""
HAPROXY = """\
global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 500ms
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend in
  bind 127.0.0.1:{port} backlog 1024
  http-request set-path {backend_path} if {{ path {path} }}
  default_backend backends
backend backends
  balance roundrobin
{servers}
"""


class MissingProgram(RuntimeError):
    """nginx or HAProxy is not here."""


class HaProxy(NamedTuple):
    """A running one."""

    address: str
    pid: int


def start(stack: contextlib.ExitStack, packages: Path) -> list[servers.Target]:
    """One constant backend by itself, and the three proxies, until the stack ends. `packages`: where programs are that the
    system lacks.

    Raises MissingProgram, AssertionError (nginx does not start), RuntimeError, StartError.
    """
    if nginx.find(packages) is None:
        raise MissingProgram(f"nginx is neither installed nor in {packages}: tools/unpack")
    constants = [stack.enter_context(Nginx(constant_server(), packages)) for _ in range(2)]
    backends = [constant.address for constant in constants]
    proxy = stack.enter_context(Nginx(proxy_server(backends), packages))
    haproxy = stack.enter_context(running_haproxy(backends, packages))
    urls = ",".join(f"{name}=http://{address}" for name, address in zip("ab", backends))
    ui = stack.enter_context(Playground("ui", environment={"PLAYGROUND_BACKENDS": urls}))
    return [servers.alone("constant", DIRECT, EVAL_PATH, constants[0]),
            servers.Target("proxy-ui", OURS, str(ui.ui), PYTHON_PATH, {cost.SERVER: ui.pid}, lambda role, _: role),
            servers.alone("proxy-nginx", "nginx", PYTHON_PATH, proxy),
            servers.alone("proxy-haproxy", "HAProxy", PYTHON_PATH, haproxy)]


def reply() -> str:
    """What a constant backend answers: of a real reply's shape, and REPLY_BYTES long."""
    fields = {"stdout": STDOUT, "stderr": "", "status": "ok", "limit": None, "exit_code": 0, "signal": None,
              "denied": [], "truncated": {"stdout": False, "stderr": False}, "duration_ms": 1.234, "cpu_ms": 1.1,
              "memory_kb": 512}
    text = json.dumps(fields)
    return text + " " * (REPLY_BYTES - len(text))


def constant_server() -> str:
    """nginx as a constant backend. A backslash of JSON is one of nginx's quotes too."""
    return CONSTANT_SERVER.format(path=EVAL_PATH, reply=reply().replace("\\", "\\\\"))


def proxy_server(backends: list[str]) -> str:
    """nginx as the proxy."""
    servers = " ".join(f"server {address};" for address in backends)
    return PROXY_SERVER.format(path=PYTHON_PATH, backend_path=EVAL_PATH, servers=servers, kept=KEPT_CONNECTIONS)


def haproxy_config(port: int, backends: list[str]) -> str:
    """HAProxy as the proxy."""
    servers = "\n".join(f"  server {name} {address}" for name, address in zip("ab", backends))
    return HAPROXY.format(port=port, path=PYTHON_PATH, backend_path=EVAL_PATH, servers=servers)


@contextlib.contextmanager
def running_haproxy(backends: list[str], packages: Path) -> Iterator[HaProxy]:
    """HAProxy, once it answers; SIGTERM ends it. It is the system's, or the one unpacked in `packages`.

    Raises MissingProgram, RuntimeError when it does not start.
    """
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", str(packages / "usr" / "sbin")])
    program = shutil.which("haproxy", path=places)
    if program is None:
        raise MissingProgram(f"HAProxy is neither installed nor in {packages}: tools/unpack")
    libraries = ":".join(map(str, (packages / "usr" / "lib").glob("*-linux-gnu")))
    with socket.socket() as free:  # it does not tell which one port 0 became
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile("w", prefix="playground-haproxy-") as config:
        config.write(haproxy_config(port, backends))
        config.flush()
        with subprocess.Popen([program, "-db", "-f", config.name], env=os.environ | {"LD_LIBRARY_PATH": libraries},
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
            try:
                poll(lambda: process.poll() is not None or _answers(address, PYTHON_PATH), START_SECONDS)
                if process.poll() is not None or not _answers(address, PYTHON_PATH):
                    raise RuntimeError("HAProxy did not start")
                yield HaProxy(address, process.pid)
            finally:
                process.terminate()
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def _answers(address: str, path: str) -> bool:
    try:
        return post_json(address, path, {"code": ""}).status == 200
    except OSError:
        return False
