"""The Deployments of the overlays, run by podman with the built images; `make smoke` is content with them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from kube_play import Played, local
from podman import ROOT, SECONDS, podman, wait_until
from rendering import rendered
from support.client import get, post_json

# What each case runs: overlays by the name that the ui has for their backends. The first has the ui.
SITES = {"gke and azure": {"gcp": "gke", "azure": "azure"}, "eks": {"eks": "eks"}, "minikube": {"local": "minikube"}}
SECURE = {"gcp": "gke-secure", "azure": "azure-secure"}
UI = "127.0.0.12"
PREFIX = f"pg-{os.getpid()}-"
# The Secrets that kube/bin/secrets makes in a cluster, and the files in them.
SECRETS = {"playground-backend-tls": ("tls.crt", "tls.key"), "playground-backend-ca": ("ca.crt",),
           "playground-tokens": ("backend-token", "tokens")}


@pytest.mark.parametrize("site", SITES)
def test_smoke_is_content_with_the_deployments(site: str, tmp_path: Path) -> None:
    backends = hosts(SITES[site])
    with played(SITES[site], tmp_path, "{name}=http://{host}:6000"):
        urls = listed(backends, "{name}=http://{host}:6000")
        assert smoke(urls).endswith("smoke: all as expected\n")
        tiers = {get(f"{host}:9090", "/debug/state").json()["backend"]["sandbox"]["tier"] for host in backends.values()}
        assert tiers == {"T0"}


def test_smoke_is_content_with_tls_and_tokens(tmp_path: Path) -> None:
    folder = make_secrets(tmp_path)
    backends = hosts(SECURE)
    # As kube/bin/address writes it.
    with played(SECURE, tmp_path, "{name}=https://{host}:6000#backend.playground"):
        told = smoke(listed(backends, "{name}=https://{host}:6000"), f"CA_FILE={folder / 'ca.crt'}",
                     f"TOKEN_FILE={folder / 'caller-tokens'}")
        assert told.endswith("smoke: all as expected\n")
        unknown = folder / "unknown"
        unknown.write_text("0" * 64 + "\n")
        refused = smoke(f"gcp=https://{backends['gcp']}:6000", f"CA_FILE={folder / 'ca.crt'}", f"TOKEN_FILE={unknown}", code=2)
        assert refused.count(" 401 ") == 4, refused
        reply = post_json(f"{backends['gcp']}:6000", "/py/eval", {"code": "print(1)"})
        assert (reply.status, reply.json()["error"]["code"]) == (400, "plain_http")
        for container in containers():
            role = container.rpartition("-")[2]
            done = podman("exec", container, "/usr/bin/playground", "check", role, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def make_secrets(folder: Path) -> Path:
    """Makes what `make secrets` brings into clusters, as files below `folder`; returns where the operator has them."""
    made = folder / "made"
    # Without clouds the script makes the files, and asks no cluster.
    subprocess.run([ROOT / "kube" / "bin" / "secrets"], check=True, capture_output=True, timeout=SECONDS,
                   env=os.environ | {"SECRETS_DIR": str(made), "CLOUDS": "", "DRY_RUN": ""})
    for name, files in SECRETS.items():
        (folder / name).mkdir()
        for file in files:
            shutil.copy(made / file, folder / name)
    return made


@contextmanager
def played(overlays: Mapping[str, str], folder: Path, url: str) -> Iterator[None]:
    """The overlays' Deployments, all of them ready; nothing of them is left afterwards.

    url: what the ui is told of each backend, with {name} and {host}.
    """
    backends = hosts(overlays)
    with ExitStack() as stack:
        for name, overlay in overlays.items():
            (place := folder / name).mkdir()
            documents = local(rendered(overlay), f"{PREFIX}{name}-", {"backend": backends[name], "ui": UI},
                              {"PLAYGROUND_BACKENDS": listed(backends, url)}, folder)
            stack.enter_context(Played(documents, place))
        for host in (*backends.values(), UI):
            wait_until(lambda: is_ready(f"{host}:9090"), SECONDS, f"{host} is ready")
        yield
    assert PREFIX not in podman("ps", "--all", "--format", "{{.Names}}").stdout


def hosts(overlays: Mapping[str, str]) -> dict[str, str]:
    """The address of each backend."""
    return {name: f"127.0.0.{11 + 10 * number}" for number, name in enumerate(overlays)}


def listed(backends: Mapping[str, str], url: str) -> str:
    return ",".join(url.format(name=name, host=host) for name, host in backends.items())


def smoke(urls: str, *settings: str, code: int = 0) -> str:
    """What `make smoke` prints of these backends and the ui. Raises AssertionError with it at another exit code."""
    done = subprocess.run(["make", "--no-print-directory", "-C", str(ROOT), "smoke", f"UI=http://{UI}:5000", f"BACKENDS={urls}",
                           *settings], capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def containers() -> list[str]:
    """The names of the servers' containers, which end with their role."""
    names = podman("ps", "--format", "{{.Names}}").stdout.split()
    found = [name for name in names if name.startswith(PREFIX) and name.endswith(("-backend", "-ui"))]
    assert len(found) == 3, names
    return found


def is_ready(admin: str) -> bool:
    try:
        return get(admin, "/readyz", timeout=5.0).status == 200
    except OSError:
        return False
