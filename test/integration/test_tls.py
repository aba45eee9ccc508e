"""Our own listeners with a certificate."""

from __future__ import annotations

import shutil
import signal
import socket
import ssl
import threading
from pathlib import Path

import pytest

from load import in_background
from support.client import Client, get
from support.playground import Playground
from test_command_line import assert_refused, run
from tls_files import client_context, files, options_of  # noqa: F401  (a fixture)

BIG = 10 * 1024 * 1024


def server(files: Path, role: str = "all", **options: str) -> Playground:
    return Playground(role, environment=options_of(files) | options, tls=client_context(files))


def host_and_port(address: str) -> tuple[str, int]:
    host, port = address.rsplit(":", 1)
    return host, int(port)


def shown_certificate(address: str, trust: ssl.SSLContext) -> bytes:
    """What a new connection is shown, as DER."""
    with socket.create_connection(host_and_port(address)) as plain:
        with trust.wrap_socket(plain, server_hostname="backend.example") as connection:
            return connection.getpeercert(binary_form=True)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_programs_run_over_both_versions(files, version):
    trust = client_context(files)
    trust.minimum_version = trust.maximum_version = version
    with server(files) as playground:
        with Client(playground.backend, tls=trust) as client:
            assert client.evaluate("print(6*7)")["stdout"] == "42\n"
            assert client.evaluate("print(1)")["stdout"] == "1\n"
        # The ui of the same process finds its backend behind TLS too.
        with Client(playground.ui, tls=trust) as client:
            assert client.evaluate("print(2)", path="/python")["stdout"] == "2\n"
        assert get(playground.admin, "/healthz").status == 200  # stays plain


def test_plain_http_is_told_that_this_is_tls(files):
    with server(files, PLAYGROUND_LOG_LEVEL="debug") as playground:
        reply = get(playground.ui, "/")
        assert reply.status == 400
        assert reply.json()["error"]["code"] == "plain_http"
        event = playground.wait_event("handshake_failed")
        assert event["detail"] == "not TLS: the peer sent plain HTTP"


def test_big_bodies_go_both_ways(files):
    with server(files, PLAYGROUND_OUTPUT_KB="16384") as playground:
        text = "0123456789abcdef" * (BIG // 16)
        for address, path in ((playground.backend, "/py/eval"), (playground.ui, "/python")):
            with Client(address, tls=client_context(files)) as client:
                echo = "import sys; sys.stdout.write(sys.stdin.read())"
                assert client.evaluate(echo, path=path, stdin=text)["stdout"] == text


def test_reload_shows_the_new_certificate_without_a_failed_request(files, tmp_path):
    for part in ("pem", "key"):
        shutil.copy(files / f"good.{part}", tmp_path / f"live.{part}")
    trust = client_context(files)
    served = threading.Semaphore(0)
    with Playground("all", environment=options_of(tmp_path, "live"), tls=trust) as playground:

        def work(stop: threading.Event) -> None:
            while not stop.is_set():
                with Client(playground.ui, tls=trust) as client:
                    for _ in range(3):
                        assert client.evaluate("print(1)", path="/python")["stdout"] == "1\n"
                served.release()

        def some_served() -> None:
            for _ in range(6):
                assert served.acquire(timeout=60)

        before = shown_certificate(playground.ui, trust)
        with in_background(work, 3):
            some_served()
            for part in ("pem", "key"):
                shutil.copy(files / f"renewed.{part}", tmp_path / f"live.{part}")
            playground.send_signal(signal.SIGHUP)
            playground.wait_event("tls_reloaded")
            some_served()
        after = shown_certificate(playground.ui, trust)
        assert before != after
        assert after == ssl.PEM_cert_to_DER_cert((files / "renewed.pem").read_text())


def test_a_bad_new_certificate_leaves_the_old_one(files, tmp_path):
    for part in ("pem", "key"):
        shutil.copy(files / f"good.{part}", tmp_path / f"live.{part}")
    trust = client_context(files)
    with Playground("ui", environment=options_of(tmp_path, "live"), tls=trust) as playground:
        before = shown_certificate(playground.ui, trust)
        shutil.copy(files / "renewed.pem", tmp_path / "live.pem")
        playground.send_signal(signal.SIGHUP)
        event = playground.wait_event("tls_not_reloaded")
        assert event["detail"] == f"{tmp_path}/live.key: the key belongs to another certificate"
        assert shown_certificate(playground.ui, trust) == before


def test_half_a_handshake_holds_no_drain_up(files):
    with server(files, role="ui") as playground:
        with socket.create_connection(host_and_port(playground.ui)) as stalling:
            stalling.sendall(b"\x16\x03\x01\x02\x00\x01")
            playground.stop()


@pytest.mark.parametrize(("options", "why"), [
    ({"TLS_CERT": "good.pem"}, "PLAYGROUND_TLS_KEY has to be set too"),
    ({"TLS_KEY": "good.key"}, "PLAYGROUND_TLS_CERT has to be set too"),
    ({"TLS_CERT": "none.pem", "TLS_KEY": "good.key"}, "none.pem\": No such file or directory"),
    ({"TLS_CERT": "good.pem", "TLS_KEY": "names.key"}, "the key belongs to another certificate"),
    ({"TLS_CERT": "good.pem", "TLS_KEY": "encrypted.key"}, "the key needs a passphrase"),
    ({"TLS_CERT": "expired.pem", "TLS_KEY": "expired.key"}, "the certificate has expired on "),
    ({"TLS_CERT": "future.pem", "TLS_KEY": "future.key"}, "the certificate is not valid before "),
    ({"BACKEND_CA_FILE": "good.key"}, "no certificate in PEM form in it"),
])
@pytest.mark.parametrize("role", ["ui", "check"])
def test_files_that_cant_be_used_are_refused(files, role, options, why):
    variables = {name: str(files / file) for name, file in options.items()}
    assert_refused(run(role, **variables), why)
