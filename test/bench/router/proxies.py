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
from dataclasses import dataclass
from pathlib import Path

from support.client import EVAL_PATH, PYTHON_PATH, post_json
from support.playground import Playground, poll

START_SECONDS = 10.0
STOP_SECONDS = 10.0
KEPT_CONNECTIONS = 256  # to the backends: as many as the largest load has
STDOUT = "a constant reply\n"
REPLY_BYTES = 300

# Without master process: what is counted is the worker.
NGINX = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  default_type application/json;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{http}
}}
"""
CONSTANT_SERVER = """\
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    location = /readyz {{ return 200 '{{}}'; }}
    location = {path} {{ return 200 '{reply}'; }}
  }}
"""
PROXY_SERVER = """\
  upstream backends {{ {servers} keepalive {kept}; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{port} backlog=1024;
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


@dataclass(frozen=True)
class Target:
    """Something to put load on. `pid` is the process whose CPU time counts."""

    key: str
    name: str
    address: str
    path: str
    pid: int


@contextlib.contextmanager
def open_targets(packages: Path) -> Iterator[list[Target]]:
    """One constant backend by itself, and the three proxies. `packages`: where programs are that the system lacks.

    Raises MissingProgram, RuntimeError, StartError.
    """
    nginx, haproxy = find("nginx", packages), find("haproxy", packages)
    with tempfile.TemporaryDirectory(prefix="playground-proxies-") as folder, contextlib.ExitStack() as stack:
        ports = free_ports(4)
        backends = [f"127.0.0.1:{port}" for port in ports[:2]]

        def start(name: str, program: list[str], config: str, port: int, path: str) -> int:
            file = Path(folder, name, "config")
            file.parent.mkdir()
            file.write_text(config)
            command = [*program, str(file)]
            return stack.enter_context(running(command, packages, f"127.0.0.1:{port}", path))

        constants = [start(f"constant{index}", [nginx, "-p", folder, "-c"],
                           constant_config(Path(folder, f"constant{index}"), port), port, EVAL_PATH)
                     for index, port in enumerate(ports[:2])]
        pids = {
            "nginx": start("nginx", [nginx, "-p", folder, "-c"],
                           nginx_config(Path(folder, "nginx"), ports[2], backends), ports[2], PYTHON_PATH),
            "haproxy": start("haproxy", [haproxy, "-db", "-f"], haproxy_config(ports[3], backends), ports[3],
                             PYTHON_PATH),
        }
        urls = ",".join(f"{name}=http://{address}" for name, address in zip("ab", backends))
        ui = stack.enter_context(Playground("ui", environment={"PLAYGROUND_BACKENDS": urls}))
        yield [Target("direct", "constant backend itself", backends[0], EVAL_PATH, constants[0]),
               Target("ui", "playground ui", str(ui.ui), PYTHON_PATH, ui.pid),
               Target("nginx", "nginx", f"127.0.0.1:{ports[2]}", PYTHON_PATH, pids["nginx"]),
               Target("haproxy", "HAProxy", f"127.0.0.1:{ports[3]}", PYTHON_PATH, pids["haproxy"])]


def find(name: str, packages: Path) -> str:
    """The program of the system, or the one unpacked for benches only. Raises MissingProgram."""
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", str(packages / "usr" / "sbin")])
    found = shutil.which(name, path=places)
    if found is None:
        raise MissingProgram(f"{name} is neither installed nor in {packages}: tools/unpack")
    return found


def reply() -> str:
    """What a constant backend answers: of a real reply's shape, and REPLY_BYTES long."""
    fields = {"stdout": STDOUT, "stderr": "", "status": "ok", "limit": None, "exit_code": 0, "signal": None,
              "denied": [], "truncated": {"stdout": False, "stderr": False}, "duration_ms": 1.234, "cpu_ms": 1.1,
              "memory_kb": 512}
    text = json.dumps(fields)
    return text + " " * (REPLY_BYTES - len(text))


def constant_config(folder: Path, port: int) -> str:
    """nginx as a constant backend. A backslash of JSON is one of nginx's quotes too."""
    return NGINX.format(folder=folder, http=CONSTANT_SERVER.format(
        port=port, path=EVAL_PATH, reply=reply().replace("\\", "\\\\")))


def nginx_config(folder: Path, port: int, backends: list[str]) -> str:
    """nginx as the proxy."""
    servers = " ".join(f"server {address};" for address in backends)
    return NGINX.format(folder=folder, http=PROXY_SERVER.format(
        port=port, path=PYTHON_PATH, backend_path=EVAL_PATH, servers=servers, kept=KEPT_CONNECTIONS))


def haproxy_config(port: int, backends: list[str]) -> str:
    """HAProxy as the proxy."""
    servers = "\n".join(f"  server {name} {address}" for name, address in zip("ab", backends))
    return HAPROXY.format(port=port, path=PYTHON_PATH, backend_path=EVAL_PATH, servers=servers)


@contextlib.contextmanager
def running(command: list[str], packages: Path, address: str, path: str) -> Iterator[int]:
    """The process, once it answers; SIGTERM ends it. Raises RuntimeError when it does not start."""
    libraries = ":".join(map(str, (packages / "usr" / "lib").glob("*-linux-gnu")))
    with subprocess.Popen(command, env=os.environ | {"LD_LIBRARY_PATH": libraries}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL) as process:
        try:
            poll(lambda: process.poll() is not None or _answers(address, path), START_SECONDS)
            if process.poll() is not None or not _answers(address, path):
                raise RuntimeError(f"{' '.join(command)}: did not start")
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that are free now: neither nginx nor HAProxy tells which one port 0 became."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _answers(address: str, path: str) -> bool:
    try:
        return post_json(address, path, {"code": ""}).status == 200
    except OSError:
        return False
