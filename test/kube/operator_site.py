"""An operator's machine: a copy of what the makefiles need, a kubeconfig with two clusters, and a PATH of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from rendering import ROOT, kubectl
from stub_api import StubApi

# What the scripts may count on anywhere.
BASICS = ("awk", "cat", "dirname", "grep", "make", "mkdir", "mv", "openssl", "python3", "rm", "sed", "sh", "tr")
RECORDER = '#!/bin/sh\nprintf "%s\\n" "${0##*/} $*" >>"$RECORD"\n'


class Site:
    """Runs make there. `recorded()` is what stand-ins of cloud tools were called with."""

    def __init__(self, folder: Path, clusters: dict[str, StubApi]) -> None:
        """clusters: by the name of their context."""
        self.folder = folder
        self.kube = folder / "kube"
        self._record = folder / "record"
        self._bin = folder / "bin"
        self._bin.mkdir()
        shutil.copytree(ROOT / "kube", self.kube, ignore=private)
        for name in ("Makefile", "CMakeLists.txt"):
            shutil.copy(ROOT / name, folder / name)
        for name in BASICS:
            (self._bin / name).symlink_to(shutil.which(name, path="/usr/bin:/bin") or name)
        (self._bin / "kubectl").symlink_to(kubectl())
        self._environment = {"PATH": str(self._bin), "HOME": str(folder), "KUBECONFIG": str(folder / "kubeconfig"),
                             "RECORD": str(self._record), "ROLLOUT_TIMEOUT": "30s", "ADDRESS_TIMEOUT": "30s"}
        (folder / "kubeconfig").write_text(json.dumps(kubeconfig(clusters)))

    def install(self, *tools: str) -> None:
        """Stand-ins that record their arguments and succeed."""
        for tool in tools:
            path = self._bin / tool
            path.write_text(RECORDER)
            path.chmod(0o755)

    def recorded(self) -> list[str]:
        return self._record.read_text().splitlines() if self._record.exists() else []

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`make ARGUMENTS`, as the operator would type it in the repository's root."""
        return subprocess.run(["make", "--no-print-directory", *arguments], cwd=self.folder, env=self._environment,
                              capture_output=True, text=True, timeout=120)

    def kubectl(self, *arguments: str) -> str:
        """What kubectl prints. Raises subprocess.CalledProcessError."""
        return subprocess.run([self._bin / "kubectl", *arguments], check=True, env=self._environment, capture_output=True,
                              text=True, timeout=120).stdout

    def set_image(self, overlay: str, image: str, name: str, tag: str) -> None:
        subprocess.run([self.kube / "bin" / "set-image", self.kube / "overlays" / overlay / "kustomization.yaml", image,
                        name, tag], check=True, env=self._environment)


def private(folder: str, _: list[str]) -> set[str]:
    """What whoever runs the tests has in kube/ for themselves."""
    return {"local.mk", "secrets"} if Path(folder) == ROOT / "kube" else {"__pycache__"}


def kubeconfig(clusters: dict[str, StubApi]) -> dict:
    return {
        "apiVersion": "v1", "kind": "Config", "users": [{"name": "operator", "user": {}}],
        "clusters": [{"name": name, "cluster": {"server": api.url}} for name, api in clusters.items()],
        "contexts": [{"name": name, "context": {"cluster": name, "user": "operator"}} for name in clusters],
    }
