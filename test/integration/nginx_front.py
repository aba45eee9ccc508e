"""nginx before a constant backend, which is asked what our own servers are asked."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from raw_http import RawConnection
from support import nginx
from support.nginx import Nginx
from wire import MARKER, PATH, Case

needed = pytest.mark.skipif(nginx.find() is None, reason="nginx is not installed: tools/deps test")

STATUS = re.compile(rb"HTTP/1\.1 ([0-9]{3}) ")
MARKED = b'{"status":"ok"}'

# Short time-outs: a request that nginx takes for unfinished is answered with 408, or not at all.
CONSTANT = """\
  server {
    listen 127.0.0.1:{port};
    location = /healthz { return 200 '{"status":"ok"}'; }
    location = /version { return 200 '{}'; }
    location = /py/eval { return 200 '{}'; }
    location / { return 404 '{}'; }
  }
"""
PROXY = """\
  client_max_body_size 64k;
  client_header_timeout 300ms;
  client_body_timeout 300ms;
  keepalive_timeout 1s;
  server {
    listen 127.0.0.1:{port};
    location = /python { proxy_pass http://BACKEND/py/eval; proxy_http_version 1.1; proxy_set_header Connection ""; }
    location / { proxy_pass http://BACKEND; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
"""


@contextlib.contextmanager
def nginx_front() -> Iterator[str]:
    """The address of nginx, which proxies to another nginx whose replies are fixed."""
    with Nginx(CONSTANT) as constant, Nginx(PROXY.replace("BACKEND", constant.address)) as front:
        yield front.address


def ask_nginx(address: str, case: Case) -> tuple[tuple[int, ...], bool]:
    """The statuses of the replies before the marker's, and whether that was answered; 9 stands for a reply of HTTP/0.9,
    which has none."""
    with RawConnection(address) as connection:
        try:
            connection.send(case.data.replace(PATH, b"/python") + (b"" if case.cut else MARKER))
            if case.cut:
                connection.end_sending()
        except OSError:  # refused while it was still being sent
            pass
        received = connection.read_all()
    statuses = [int(status) for status in STATUS.findall(received)]
    if received and not received.startswith(b"HTTP/"):
        statuses.insert(0, 9)
    kept = received.endswith(MARKED)
    return tuple(statuses[:-1] if kept else statuses), kept


@dataclass(frozen=True)
class Difference:
    """Cases that nginx answers otherwise than we do, for one reason: `statuses` and `kept` are its own outcome."""

    reason: str
    statuses: tuple[int, ...]
    kept: bool
    names: list[str]
