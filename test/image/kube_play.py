"""Rendered Deployments, run by `podman kube play` on this machine.

Changed in them is what a machine without a cluster can't have: images are the local ones, every pod listens on an address of
its own instead of having a network of its own (so it maps no ports), and the probes are left out, which podman would run inside
the container by a curl that is not there (the tests ask from outside, as a kubelet does). Volumes of Secrets become folders of
this machine, with the owner and the modes that a kubelet gives them: podman 4.3 mounts a Secret's base64 as it stands.
"""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml
from podman import podman, seccomp_profile, tagged

LEFT_OUT = ("ports", "startupProbe", "livenessProbe", "readinessProbe", "lifecycle")


def local(rendered: str, prefix: str, hosts: Mapping[str, str], settings: Mapping[str, str], secrets: Path) -> list[dict]:
    """The Deployments and ConfigMaps of a rendering, as this machine runs them.

    hosts: the address of each component ("backend", "ui"). settings: variables over those of the ConfigMaps. secrets: a
    folder that has one for each Secret, with the files of its keys; those of volumes are made beside them.
    """
    documents = [copy.deepcopy(one) for one in yaml.safe_load_all(rendered) if component_of(one)]
    for document in documents:
        document["metadata"].pop("namespace", None)
        component = component_of(document)
        if document["kind"] == "ConfigMap":
            data = document["data"] | {name: text for name, text in settings.items() if name in document["data"]}
            document["data"] = {name: text.replace("0.0.0.0:", f"{hosts[component]}:") for name, text in data.items()}
        else:
            _localise(document, prefix)
            pod = document["spec"]["template"]["spec"]
            for volume in (one for one in pod.get("volumes", []) if "secret" in one):
                place = secrets / f"{document['metadata']['name']}-{volume['name']}"
                _mount(volume, secrets, place, pod["securityContext"]["fsGroup"])
    return documents


def component_of(document: dict) -> str:
    """"backend" or "ui" for a Deployment or the ConfigMap of one, else nothing."""
    names = (name for name in ("backend", "ui") if f"playground-{name}" in document["metadata"]["name"])
    return next(names, "") if document["kind"] in ("Deployment", "ConfigMap") else ""


def _mount(volume: dict, secrets: Path, place: Path, group: int) -> None:
    """Makes a folder of a Secret's volume: all keys, or the items that it names."""
    secret = volume.pop("secret")
    source = secrets / secret["secretName"]
    items = secret.get("items") or [{"key": path.name, "path": path.name} for path in source.iterdir()]
    place.mkdir()
    for item in items:
        path = place / item["path"]
        shutil.copyfile(source / item["key"], path)
        os.chown(path, 0, group)
        path.chmod(secret["defaultMode"])
    volume["hostPath"] = {"path": str(place), "type": "Directory"}


def _localise(deployment: dict, prefix: str) -> None:
    deployment["metadata"]["name"] = prefix + deployment["metadata"]["name"]
    template = deployment["spec"]["template"]
    template["metadata"].setdefault("annotations", {})["seccomp.security.alpha.kubernetes.io/pod"] = "localhost/profile.json"
    for container in template["spec"]["containers"]:
        container["image"] = tagged(container["image"].rpartition("/")[2].partition(":")[0])
        for field in LEFT_OUT:
            container.pop(field, None)


class Played:
    """Documents that `podman kube play` runs until the block is left."""

    def __init__(self, documents: list[dict], folder: Path) -> None:
        self._file = folder / "pods.yaml"
        self._file.write_text(yaml.safe_dump_all(documents))
        self._profiles = folder / "profiles"
        self._profiles.mkdir()
        shutil.copy(seccomp_profile(), self._profiles / "profile.json")

    def __enter__(self) -> Played:
        try:
            podman("kube", "play", "--network=host", f"--seccomp-profile-root={self._profiles}", str(self._file))
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.down()

    def down(self) -> None:
        """Ends the pods and removes what was made for them, volumes included."""
        podman("kube", "down", str(self._file), check=False)
