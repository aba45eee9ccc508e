"""The objects of one rendering, and the questions that rules ask of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from . import options

# https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
SUFFIXES = {
    "": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12,
    "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40,
}
MIB = 2**20


def quantity(text: str | int | float) -> float:
    """A quantity in its base unit, as bytes or cores. Raises ValueError."""
    match = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", str(text))
    if match is None or match[2] not in SUFFIXES:
        raise ValueError(f"not a quantity: {text!r}")
    return float(match[1]) * SUFFIXES[match[2]]


def selects(selector: dict | None, labels: dict) -> bool:
    """Whether a selector of `matchLabels` takes these labels. One of expressions is not understood: False."""
    wanted = (selector or {}).get("matchLabels")
    return bool(wanted) and wanted.items() <= labels.items()


class Manifests:
    """What one `kubectl kustomize` printed."""

    def __init__(self, objects: list[dict]) -> None:
        self.objects = objects

    @classmethod
    def parse(cls, text: str) -> Manifests:
        """From YAML with any number of documents. Raises yaml.YAMLError."""
        return cls([document for document in yaml.safe_load_all(text) if document])

    def of(self, kind: str) -> list[dict]:
        return [item for item in self.objects if item.get("kind") == kind]

    def find(self, kind: str, name: str) -> dict | None:
        return next((item for item in self.of(kind) if item["metadata"]["name"] == name), None)

    def deployments(self) -> Iterator[tuple[dict, dict, dict]]:
        """Each Deployment with its pod's spec and its first container: our pods have one."""
        for deployment in self.of("Deployment"):
            spec = deployment["spec"]["template"]["spec"]
            yield deployment, spec, spec["containers"][0]

    def with_role(self, role: str) -> Iterator[tuple[dict, dict, dict]]:
        """Those that are started as `playground ROLE`."""
        return (found for found in self.deployments() if found[2].get("args", [None])[0] == role)

    def environment(self, container: dict) -> dict[str, str]:
        """What the container's process sees: ConfigMaps first, single variables over them."""
        seen: dict[str, str] = {}
        for source in container.get("envFrom", []):
            settings = self.find("ConfigMap", source.get("configMapRef", {}).get("name", ""))
            seen |= (settings or {}).get("data", {})
        return seen | {entry["name"]: entry.get("value", "") for entry in container.get("env", [])}

    def number(self, container: dict, name: str) -> int:
        """An option of the container, by its name without PLAYGROUND_; else its default.

        A default that the server computes from the node counts as 0; what needs it set has a rule that says so.
        """
        variable = "PLAYGROUND_" + name
        text = self.environment(container).get(variable) or options.default(variable)
        return int(text) if text.isdecimal() else 0

    def autoscaler_of(self, deployment: dict) -> dict | None:
        return next((scaler for scaler in self.of("HorizontalPodAutoscaler")
                     if scaler["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]), None)

    def least_replicas(self, deployment: dict) -> int:
        scaler = self.autoscaler_of(deployment)
        if scaler is not None:
            return scaler["spec"].get("minReplicas", 1)
        return deployment["spec"].get("replicas", 1)


def labels_of(deployment: dict) -> dict:
    """The labels of a Deployment's pods."""
    return deployment["spec"]["template"]["metadata"].get("labels", {})
