"""What can happen to a backend while the ui is in use: each fault is a context manager around its time.

A fault befalls backend "a", except those that are for both. Requests never stop.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from router import decoys
from router.cluster import BACKEND_PORT, Cluster, Site
from router.network import Machine
from support.playground import binary

Fault = Callable[[Cluster], contextlib.AbstractContextManager[None]]
NAME = "backend-a.test"
DNS_TTL_SECONDS = 1


class Unsupported(RuntimeError):
    """This server cannot have that scenario; the message says why."""


@dataclass(frozen=True)
class Scenario:
    """One row of the table. `machine_lost`: programs that a dead or silent machine had begun may be lost."""

    name: str
    title: str
    fault: Fault
    machine_lost: bool = False
    open_cluster: Callable[[Site], contextlib.AbstractContextManager[Cluster]] = Cluster


@contextlib.contextmanager
def nothing(_cluster: Cluster) -> Iterator[None]:
    yield


@contextlib.contextmanager
def killed(cluster: Cluster) -> Iterator[None]:
    cluster.kill("a")
    yield
    cluster.start("a")


@contextlib.contextmanager
def paused(cluster: Cluster) -> Iterator[None]:
    cluster.pause("a")
    try:
        yield
    finally:
        cluster.resume("a")


@contextlib.contextmanager
def cut_off(cluster: Cluster) -> Iterator[None]:
    site = cluster.site
    site.network.black_hole(site.backends["a"])
    try:
        yield
    finally:
        site.network.restore(site.backends["a"])


def replaced(behaviour: decoys.Behaviour) -> Fault:
    """Another server has the backend's address; the connections of old are reset, for it knows none of them."""

    @contextlib.contextmanager
    def fault(cluster: Cluster) -> Iterator[None]:
        site = cluster.site
        with decoys.Decoy(site.decoy, cluster.address("a"), behaviour):
            site.network.divert(site.backends["a"], site.decoy)
            try:
                yield
            finally:
                site.network.restore(site.backends["a"])

    return fault


@contextlib.contextmanager
def rolled(cluster: Cluster) -> Iterator[None]:
    cluster.roll()
    yield


# Backend "a" by a name, which moves to a third machine: the old one is ended a moment later, as in a roll-out.


@contextlib.contextmanager
def named_cluster(site: Site) -> Iterator[Cluster]:
    """A cluster whose ui finds "a" by name. Raises Unsupported."""
    try:
        from support.dns_server import DnsServer
    except ImportError:
        raise Unsupported("this tree has no test/support/dns_server.py") from None
    if "PLAYGROUND_DNS_SERVERS" not in subprocess.run(
            [binary(), "ui", "--help"], capture_output=True, text=True, check=True).stdout:
        raise Unsupported("this server has no PLAYGROUND_DNS_SERVERS")
    with contextlib.ExitStack() as stack:
        with site.ui.inside():
            names = DnsServer()
            names.__enter__()
        stack.callback(_leave, site.ui, names)
        names.set(NAME, site.backends["a"].address, ttl=DNS_TTL_SECONDS)
        with Cluster(site, {"a": f"http://{NAME}:{BACKEND_PORT}"},
                     {"PLAYGROUND_DNS_SERVERS": names.address}) as cluster:
            cluster.names = names
            cluster.start("c")
            yield cluster


def _leave(machine: Machine, manager: contextlib.AbstractContextManager[object]) -> None:
    """Ends it on that machine: whoever wakes a thread by a packet must reach it."""
    with machine.inside():
        manager.__exit__(None, None, None)


@contextlib.contextmanager
def moved(cluster: Cluster) -> Iterator[None]:
    site = cluster.site
    before = cluster.evaluations("c")
    cluster.names.set(NAME, site.backends["c"].address, ttl=DNS_TTL_SECONDS)
    asked = cluster.names.asked(NAME)
    cluster.names.wait_asked(NAME, asked + 2)  # both families, since the move
    cluster.stop("a")
    yield
    if cluster.evaluations("c") == before:
        raise RuntimeError("nothing has reached the machine to which the name moved")
    cluster.start("a")
    cluster.names.set(NAME, site.backends["a"].address, ttl=DNS_TTL_SECONDS)


SCENARIOS = [
    Scenario("steady", "no fault", nothing),
    Scenario("kill", "SIGKILL, started again", killed, machine_lost=True),
    Scenario("stop", "SIGSTOP, SIGCONT", paused, machine_lost=True),
    Scenario("black-hole", "its packets are dropped", cut_off, machine_lost=True),
    Scenario("reset", "every connection is reset", replaced(decoys.resets)),
    Scenario("503", "503 to everything", replaced(decoys.unavailable)),
    Scenario("503-ready", "503 to programs, /readyz passes", replaced(decoys.but_ready(decoys.unavailable))),
    Scenario("garbage", "garbage to everything", replaced(decoys.garbage)),
    Scenario("garbage-ready", "garbage to programs, /readyz passes", replaced(decoys.but_ready(decoys.garbage))),
    Scenario("trickle", "one byte a second", replaced(decoys.trickle)),
    Scenario("dns", "its name moves to another address", moved, open_cluster=named_cluster),
    Scenario("roll", "SIGTERM, one after the other", rolled),
]
