"""`make smoke` against real servers: it tells those that serve from those that do not."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from operator_site import Site
from stub_api import StubApi
from support.playground import Playground


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, str]]:
    """The ui's URL, and BACKENDS of two backends behind it."""
    with Playground("backend") as one, Playground("backend") as two:
        backends = f"gcp=http://{one.backend},azure=http://{two.backend}"
        with Playground("ui", environment={"PLAYGROUND_BACKENDS": backends}) as ui:
            yield f"http://{ui.ui}", backends


def test_what_serves_is_shown_with_its_answers(site: Site, served: tuple[str, str]) -> None:
    ui, backends = served
    done = site.make("smoke", f"UI={ui}", f"BACKENDS={backends}")
    assert done.returncode == 0, done.stdout
    assert r'"stdout": "42\n"' in done.stdout
    assert "PermissionError: [Errno 1] Operation not permitted" in done.stdout
    assert "ui         rotation ok" in done.stdout
    assert done.stdout.endswith("smoke: all as expected\n")


def test_a_backend_that_is_away_fails(site: Site, served: tuple[str, str]) -> None:
    _, backends = served
    done = site.make("smoke", f"BACKENDS={backends},gone=http://127.0.0.1:1")
    assert done.returncode != 0
    assert "gone       hello    FAILED  http://127.0.0.1:1: " in done.stdout
    assert "gcp        hello    ok" in done.stdout


def test_a_backend_that_never_has_its_turn_fails(site: Site, served: tuple[str, str]) -> None:
    ui, backends = served
    other = backends.replace("azure=", "third=")
    done = site.make("smoke", f"UI={ui}", f"BACKENDS={other}")
    assert done.returncode != 0
    assert "ui         rotation FAILED" in done.stdout


def test_without_addresses_the_clouds_are_asked(site: Site) -> None:
    done = site.make("smoke")
    assert done.returncode != 0
    assert "+ kubectl --context playground-gke --namespace playground get service playground-backend" in done.stdout
    assert "gke: " in done.stderr  # nothing has been rolled out


def test_a_secured_backend_gets_the_token_and_is_verified_by_name(site: Site, gke: StubApi) -> None:
    assert site.make("secrets", "CLOUDS=gke").returncode == 0
    secrets = site.kube / "secrets"
    token = (secrets / "caller-tokens").read_text().strip()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(secrets / "tls.crt", secrets / "tls.key")
    with tls_server(context) as server:
        url = f"https://127.0.0.1:{server.server_port}"
        site.make("smoke", f"BACKENDS=gcp={url}")
        assert set(server.seen) == {f"Bearer {token}"}
        server.seen.clear()
        done = site.make("smoke", f"BACKENDS=gcp={url}", "TLS_NAME=other.example")
        assert "certificate verify failed" in done.stdout and server.seen == []


class tls_server:
    """Answers every POST with an empty object, and keeps the tokens that it was shown."""

    def __init__(self, context: ssl.SSLContext) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.server.seen.append(self.headers["Authorization"])
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps({}).encode())

            def log_message(self, *_: object) -> None:
                pass

        class Server(HTTPServer):
            def handle_error(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.seen = []
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> HTTPServer:
        self.thread.start()
        return self.server

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
