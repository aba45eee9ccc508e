"""The policy that manifests of this service are held to: what the API server accepts and what still goes wrong.

Each rule is a function that takes the `Manifests` of one rendering and yields what is wrong as `(object, message)`;
its name is the rule's. `kube/bin/lint` runs them over files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import network, pods, references, scaling, sums
from .manifests import Manifests

Rule = Callable[[Manifests], Iterator[tuple[dict, str]]]

RULES: tuple[Rule, ...] = pods.RULES + references.RULES + sums.RULES + scaling.RULES + network.RULES


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `subject` is `Kind/name`."""

    rule: str
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}: {self.message}"


def lint(manifests: Manifests) -> list[Finding]:
    """What all rules find, in their order."""
    return [
        Finding(rule.__name__, f"{subject['kind']}/{subject['metadata']['name']}", message)
        for rule in RULES for subject, message in rule(manifests)
    ]
