"""Rendered Deployments, run by `podman kube play` on this machine.

Changed in them is what a machine without a cluster can't have: images are the local ones, every pod listens on an address of
its own instead of having a network of its own (so it maps no ports), and the probes are left out, which podman would run inside
the container by a curl that is not there (the tests ask from outside, as a kubelet does). podman makes a volume of each Secret and
pays no heed to the modes in it.
"""

from __future__ import annotations

import base64
import copy
import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml
from podman import podman, seccomp_profile, tagged

LEFT_OUT = ("ports", "startupProbe", "livenessProbe", "readinessProbe", "lifecycle")


def local(rendered: str, prefix: str, hosts: Mapping[str, str], settings: Mapping[str, str],
          secrets: Mapping[str, Mapping[str, bytes]]) -> list[dict]:
    """The Deployments and ConfigMaps of a rendering, as this machine runs them, and the Secrets that they mount.

    hosts: the address of each component ("backend", "ui"). settings: variables over those of the ConfigMaps. secrets: the
    files of each Secret that a cluster would have, by its name and theirs.
    """
    documents = [copy.deepcopy(one) for one in yaml.safe_load_all(rendered) if one["kind"] in ("Deployment", "ConfigMap")]
    for document in documents:
        document["metadata"].pop("namespace", None)
        component = next(name for name in ("backend", "ui") if name in document["metadata"]["name"])
        if document["kind"] == "ConfigMap":
            data = document["data"] | {name: text for name, text in settings.items() if name in document["data"]}
            document["data"] = {name: text.replace("0.0.0.0:", f"{hosts[component]}:") for name, text in data.items()}
        else:
            _localise(document, prefix)
    return [_secret(prefix + name, files) for name, files in secrets.items()] + documents


def _secret(name: str, files: Mapping[str, bytes]) -> dict:
    data = {file: base64.b64encode(content).decode() for file, content in files.items()}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "data": data}


def _localise(deployment: dict, prefix: str) -> None:
    deployment["metadata"]["name"] = prefix + deployment["metadata"]["name"]
    template = deployment["spec"]["template"]
    template["metadata"].setdefault("annotations", {})["seccomp.security.alpha.kubernetes.io/pod"] = "localhost/profile.json"
    for container in template["spec"]["containers"]:
        container["image"] = tagged(container["image"].rpartition("/")[2].partition(":")[0])
        for field in LEFT_OUT:
            container.pop(field, None)
    for volume in template["spec"].get("volumes", []):
        if "secret" in volume:
            volume["secret"]["secretName"] = prefix + volume["secret"]["secretName"]


class Played:
    """Documents that `podman kube play` runs until the block is left."""

    def __init__(self, documents: list[dict], folder: Path) -> None:
        self._file = folder / "pods.yaml"
        self._file.write_text(yaml.safe_dump_all(documents))
        self._secrets = [one["metadata"]["name"] for one in documents if one["kind"] == "Secret"]
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
        """Ends the pods and removes what was made for them, volumes and Secrets included."""
        podman("kube", "down", str(self._file), check=False)
        for name in self._secrets:
            podman("volume", "rm", "--force", name, check=False)
            podman("secret", "rm", name, check=False)
