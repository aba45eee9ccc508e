"""What the Containerfile and the manifests must agree on. test/image builds and runs the images."""

from __future__ import annotations

import re

from rendering import OVERLAYS, ROOT, rendered

import yaml

TEXT = (ROOT / "Containerfile").read_text()


def pods() -> list[dict]:
    documents = (one for name in OVERLAYS for one in yaml.safe_load_all(rendered(name)))
    return [one["spec"]["template"]["spec"] for one in documents if one["kind"] == "Deployment"]


def test_pods_run_as_the_images_user() -> None:
    uid, gid = re.search(r"^USER (\d+):(\d+)$", TEXT, re.MULTILINE).groups()
    assert int(uid) > 10_000
    for pod in pods():
        assert (pod["securityContext"]["runAsUser"], pod["securityContext"]["runAsGroup"]) == (int(uid), int(gid))


def test_pods_ports_are_exposed() -> None:
    exposed = set(re.search(r"^EXPOSE (.*)$", TEXT, re.MULTILINE)[1].split())
    named = {str(port["containerPort"]) for pod in pods() for container in pod["containers"] for port in container["ports"]}
    assert named == exposed


def test_images_of_the_overlays_are_targets() -> None:
    targets = set(re.findall(r"^FROM frame AS (\S+)$", TEXT, re.MULTILINE))
    named = {container["image"].rpartition("/")[2].partition(":")[0] for pod in pods() for container in pod["containers"]}
    assert named == targets


def test_both_tools_leave_the_same_files_out_of_the_build() -> None:
    # podman reads .containerignore, docker only .dockerignore.
    assert (ROOT / ".containerignore").read_text() == (ROOT / ".dockerignore").read_text()


def test_build_gets_every_folder_that_cmake_adds() -> None:
    let_in = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    cmake = (ROOT / "CMakeLists.txt").read_text()
    needed = set(re.findall(r"^add_subdirectory\((\w+)\)$", cmake, re.MULTILINE)) | {"CMakeLists.txt", "CMakePresets.json", "cmake"}
    assert needed <= let_in
    assert all((ROOT / name).exists() for name in let_in)


def test_what_the_build_copies_is_let_in() -> None:
    let_in = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = {name for line in re.findall(r"^COPY (?!--from)(.*) \S+$", TEXT, re.MULTILINE) for name in line.split()}
    assert {"package-lock.json", "static"} <= copied
    assert {name.split("/")[0] for name in copied} <= let_in
