"""Both images in the container that Pod Security calls restricted: they start, reach T0, evaluate, and end well."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from podman import FULL, SLIM, UID, Container, podman, restricted, tagged
from support.client import Client, evaluate, get

NUMBERS = "import numpy, pandas, sys; print(numpy.arange(4).sum(), pandas.Series([1, 2]).sum())"
FIGURE = "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('a.png'); print(open('a.png', 'rb').read(4)[1:])"
EACH = pytest.mark.parametrize("image", [SLIM, FULL])


def run(image: str, *words: str, check: bool = True):
    return podman("run", "--rm", "--network=none", *restricted(), tagged(image), *words, check=check)


@EACH
def test_check_reaches_t0_in_a_restricted_container(image: str) -> None:
    told = run(image, "check").stdout
    assert re.search(r"^  reached: T0$", told, re.M), told
    assert re.search(r"^  T0 +landlock +on, ABI \d+$", told, re.M), told
    assert re.search(r"^  ok +interpreter: ", told, re.M), told
    assert "  FAILED" not in told


def test_check_of_a_ui_is_well() -> None:
    assert run(SLIM, "check", "ui").stdout.endswith("All is well.\n")


def test_check_honours_the_containers_limits() -> None:
    told = podman("run", "--rm", "--network=none", *restricted(), "--cpus=0.5", tagged(SLIM), "check").stdout
    assert re.search(r"^  ok +cpu: .* on 0\.5 cores \(cpu\.\S+ of cgroup ", told, re.M), told
    assert re.search(r"^  ok +memory: .* within 3584 MB", told, re.M), told


def test_too_little_memory_is_refused_with_one_line() -> None:
    done = podman("run", "--rm", "--network=none", *restricted(), "--memory=512m", tagged(SLIM), "backend", check=False)
    assert done.returncode == 2, done
    assert re.fullmatch(r"playground: memory: .*, above the limit of 512 MB .*\n", done.stderr), done.stderr


def test_slim_serves_page_and_programs_and_ends_with_0() -> None:
    with Container(SLIM, "all") as server:
        assert evaluate(server.backend, "print(6 * 7)")["stdout"] == "42\n"
        with Client(server.ui) as client:
            assert client.evaluate("import ssl, sqlite3, zoneinfo; print(zoneinfo.ZoneInfo('Europe/Rome'))", "/python") \
                ["stdout"] == "Europe/Rome\n"
        assert b"<html" in get(server.ui, "/").body
        state = get(server.admin, "/debug/state").json()["backend"]
        assert state["sandbox"]["tier"] == "T0", state["sandbox"]
        assert server.terminate() == 0, server.log()


def test_full_preloads_its_packages() -> None:
    with Container(FULL, "backend") as server:
        assert "preload_failed" not in server.log()
        reply = evaluate(server.backend, NUMBERS)
        assert (reply["stdout"], reply["stderr"]) == ("6 3\n", "")
        reply = evaluate(server.backend, FIGURE)
        assert reply["stdout"] == "b'PNG'\n", reply
        reply = evaluate(server.backend, "import sys; print({'numpy', 'pandas', 'matplotlib.pyplot'} <= sys.modules.keys())")
        assert reply["stdout"] == "True\n", reply


@EACH
def test_ids_are_those_of_the_manifests_and_nothing_but_scratch_is_writable(image: str) -> None:
    program = ("import os; print(os.getuid(), os.getgid(), os.getgroups())\n"
               "for folder in ('/', '/tmp', '/usr/lib', '/run', '/etc'):\n    print(os.access(folder, os.W_OK))\n"
               "print(os.access('/scratch', os.W_OK))")
    told = podman("run", "--rm", "--network=none", *restricted(), "--entrypoint=/usr/bin/python3", tagged(image), "-c", program)
    assert told.stdout.split("\n")[0].startswith(f"{UID} {UID} "), told.stdout
    assert told.stdout.split()[-6:] == ["False"] * 5 + ["True"], told.stdout


@EACH
def test_image_has_no_shell_compiler_or_package_manager(image: str) -> None:
    folder = podman("image", "mount", tagged(image)).stdout.strip()
    try:
        programs = {path.name for name in ("usr/bin", "usr/sbin", "usr/local/bin") for path in Path(folder, name).glob("*")}
        assert programs == {"playground", "python3", "python3.11"}
        setuid = [path for path in Path(folder).rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o6000]
        assert setuid == []
        dangling = [path for path in Path(folder, "usr/lib").rglob("*.so*") if path.is_symlink()
                    and not Path(folder, str(path.resolve()).removeprefix(folder).lstrip("/")).exists()]
        assert dangling == []
    finally:
        podman("image", "unmount", tagged(image))


@EACH
def test_image_says_what_it_is(image: str) -> None:
    config = json.loads(podman("image", "inspect", tagged(image)).stdout)[0]["Config"]
    assert config["User"] == f"{UID}:{UID}"
    assert config["Entrypoint"] == ["/usr/bin/playground"]
    assert set(config["ExposedPorts"]) == {"5000/tcp", "6000/tcp", "9090/tcp"}
    labels = config["Labels"]
    assert labels["org.opencontainers.image.title"] == image
    assert labels["org.opencontainers.image.licenses"] == "Apache-2.0"
    for name in ("version", "revision", "description"):
        assert labels[f"org.opencontainers.image.{name}"], labels
