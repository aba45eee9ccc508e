"""Two cgroups of the fence's own, one in the other: the outer has the limits, the inner is what the fence's inside
takes for the root, so that whoever breaks out to there can't lift them. Version 1, 2, or both at once.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

PREFIX = "playground-fence-"
CONTROLLERS = ("pids", "memory")


@dataclass(frozen=True)
class Hierarchy:
    """A mounted hierarchy; `here` is this process's own group in it. `kind` is a file system's name."""

    kind: str  # "cgroup" or "cgroup2"
    mountpoint: Path
    here: Path
    controllers: tuple[str, ...]


class Cgroups:
    """The groups of one fence. `limited` names the controllers that were to be had."""

    def __init__(self, owner: int, memory_bytes: int, pids: int) -> None:
        """Makes the groups. owner: the pid by which a later fence sees whether this one is still alive."""
        self.hierarchies: list[Hierarchy] = []
        self.limited: set[str] = set()
        self._name = f"{PREFIX}{owner}"
        for hierarchy in find():
            sweep(hierarchy)
            try:
                self._make(hierarchy, memory_bytes, pids)
            except OSError:
                remove(hierarchy.here / self._name)
                continue
            self.hierarchies.append(hierarchy)
            self.limited |= set(hierarchy.controllers)

    def _make(self, hierarchy: Hierarchy, memory_bytes: int, pids: int) -> None:
        outer = hierarchy.here / self._name
        if hierarchy.kind == "cgroup2":
            wanted = " ".join(f"+{name}" for name in hierarchy.controllers)
            _write(hierarchy.here / "cgroup.subtree_control", wanted)
        (outer / "inside").mkdir(parents=True)
        limits = {"pids": [("pids.max", pids)], "memory": [("memory.limit_in_bytes", memory_bytes)]}
        if hierarchy.kind == "cgroup2":
            limits["memory"] = [("memory.max", memory_bytes)]
        for name in hierarchy.controllers:
            for file, value in limits[name]:
                _write(outer / file, str(value))
        if hierarchy.kind == "cgroup2":
            _write(outer / "cgroup.subtree_control", wanted)

    def inside(self, hierarchy: Hierarchy) -> Path:
        """The inner group, as seen from outside."""
        return hierarchy.here / self._name / "inside"

    def enter(self) -> None:
        """Moves the calling process into the inner groups."""
        for hierarchy in self.hierarchies:
            _write(self.inside(hierarchy) / "cgroup.procs", str(os.getpid()))

    def give_to(self, uid: int) -> None:
        """Delegates the inner groups to a user."""
        for hierarchy in self.hierarchies:
            inside = self.inside(hierarchy)
            for path in (inside, *(inside / name for name in
                                   ("cgroup.procs", "tasks", "cgroup.subtree_control", "cgroup.threads"))):
                if path.exists():
                    os.chown(path, uid, uid)

    def remove(self) -> None:
        """Removes the groups, with whatever was made in them. All processes of them must be gone."""
        for hierarchy in self.hierarchies:
            remove(hierarchy.here / self._name)


def find() -> list[Hierarchy]:
    """The hierarchies that have one of CONTROLLERS, each controller once."""
    groups = {}  # controllers → path, as in /proc/self/cgroup
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, names, path = line.split(":", 2)
        groups[names] = path
    found, seen = [], set()
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        root, target = left.split()[3:5]
        kind, _, options = right.split()[:3]
        if kind == "cgroup":
            have = tuple(name for name in CONTROLLERS if name in options.split(","))
            path = next((p for names, p in groups.items() if have and have[0] in names.split(",")), None)
        elif kind == "cgroup2":
            have = tuple(name for name in CONTROLLERS if name in _read(f"{target}/cgroup.controllers").split())
            path = groups.get("")
        else:
            continue
        have = tuple(name for name in have if name not in seen)
        if have and path is not None:
            seen |= set(have)
            relative = path[len(root):] if root != "/" and path.startswith(root) else path
            found.append(Hierarchy(kind, Path(target), Path(target + relative.rstrip("/")), have))
    return found


def sweep(hierarchy: Hierarchy) -> None:
    """Removes the groups of fences that were killed before they could."""
    for group in hierarchy.here.glob(f"{PREFIX}*"):
        owner = group.name.removeprefix(PREFIX)
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            remove(group)


def remove(group: Path) -> None:
    """rmdir of a group and those in it, the deepest first. Groups still in use stay."""
    for folder, _, _ in os.walk(group, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(folder)


def _write(path: Path, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
