"""Arithmetic between settings and manifests: memory, scratch space, times."""

from __future__ import annotations

from collections.abc import Iterator

from .manifests import MIB, Manifests, quantity

Found = Iterator[tuple[dict, str]]

# The server's own (docs/configuration.md, "Budget"), and what preloaded modules take, twice while the zygote is replaced.
BASE_MIB = 64
PRELOAD_MIB = 256
# Limits of programs are held to within 10 %.
SPARE = 1.1
GRACE_SPARE_SECONDS = 10


def memory_sum(manifests: Manifests) -> Found:
    """The container's limit holds what may run at once: one kill takes them all."""
    for deployment, pod, container in manifests.with_role("backend"):
        if "PLAYGROUND_MAX_RUNNING" not in manifests.environment(container):
            yield deployment, "PLAYGROUND_MAX_RUNNING is not set: its default depends on the node"
            continue
        running = manifests.number(container, "MAX_RUNNING")
        base = BASE_MIB + (PRELOAD_MIB if manifests.environment(container).get("PLAYGROUND_PRELOAD") else 0)
        programs = running * SPARE * manifests.number(container, "MEMORY_MB")
        files = running * SPARE * manifests.number(container, "SCRATCH_MB")
        volume = (scratch_volume(manifests, pod, container) or {}).get("sizeLimit", 0)
        needed = base + programs + max(files, quantity(volume) / MIB)
        limit = quantity(container.get("resources", {}).get("limits", {}).get("memory", 0)) / MIB
        if limit < needed:
            yield deployment, f"memory limit is {limit:.0f} MiB, what may run needs {needed:.0f}"


def scratch_size(manifests: Manifests) -> Found:
    """The scratch volume is in memory, limited, and holds every program's files."""
    for deployment, pod, container in manifests.with_role("backend"):
        volume = scratch_volume(manifests, pod, container)
        needed = manifests.number(container, "MAX_RUNNING") * manifests.number(container, "SCRATCH_MB")
        if volume is None or volume.get("medium") != "Memory" or "sizeLimit" not in volume:
            yield deployment, "PLAYGROUND_SCRATCH_DIR is no emptyDir in memory with a sizeLimit"
        elif quantity(volume["sizeLimit"]) / MIB < needed:
            yield deployment, f"scratch volume is {volume['sizeLimit']}, MAX_RUNNING x SCRATCH_MB is {needed} MiB"


def grace_period(manifests: Manifests) -> Found:
    """preStop + the longest run + some to spare; else the kubelet kills what still runs."""
    for deployment, pod, container in manifests.deployments():
        stop = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        drain = manifests.environment(container).get("PLAYGROUND_DRAIN_MS")
        if drain is None:
            yield deployment, "PLAYGROUND_DRAIN_MS is not set"
            continue
        waits = manifests.number(container, "TIMEOUT_MS") + manifests.number(container, "QUEUE_TIMEOUT_MS")
        if int(drain) < waits:
            yield deployment, f"PLAYGROUND_DRAIN_MS is {drain}, TIMEOUT_MS + QUEUE_TIMEOUT_MS is {waits}"
        needed = stop + int(drain) / 1000 + GRACE_SPARE_SECONDS
        grace = pod.get("terminationGracePeriodSeconds", 30)
        if grace < needed:
            yield deployment, f"terminationGracePeriodSeconds is {grace}, preStop + DRAIN_MS + 10 s is {needed:.0f}"


def times_nest(manifests: Manifests) -> Found:
    """A program's time < the backend's < the ui's: the innermost answers first."""
    for deployment, _, ui in manifests.with_role("ui"):
        for _, _, backend in manifests.with_role("backend"):
            longest = manifests.number(backend, "TIMEOUT_MS") + manifests.number(backend, "QUEUE_TIMEOUT_MS")
            answer = manifests.environment(ui).get("PLAYGROUND_ANSWER_MS", "0")
            if int(answer) <= longest:
                yield deployment, f"PLAYGROUND_ANSWER_MS is {answer}, a backend may take {longest}"


def scratch_volume(manifests: Manifests, pod: dict, container: dict) -> dict | None:
    """The emptyDir that PLAYGROUND_SCRATCH_DIR names."""
    path = manifests.environment(container).get("PLAYGROUND_SCRATCH_DIR")
    name = next((mount["name"] for mount in container.get("volumeMounts", []) if mount["mountPath"] == path), None)
    return next((volume.get("emptyDir") for volume in pod.get("volumes", []) if volume["name"] == name), None)


RULES = (memory_sum, scratch_size, grace_period, times_nest)
