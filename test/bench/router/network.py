"""A network of namespaces: machines around a hub that forwards between them, and whose routes can go wrong.

    network = Network()
    a = network.join("a")
    with a.inside():
        …sockets and processes made here belong to that machine…
    network.black_hole(a)

The hub is the namespace of the process that makes it (isolation.py gives it one of its own). Machine N has
the address 10.77.N.2 and reaches all others through the hub's 10.77.N.1. All of it goes with the process.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import kernel

NET = "10.77"
_OWN = "/proc/thread-self/ns/net"


class Machine:
    """One namespace at the end of a pair of veth."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.address = f"{NET}.{number}.2"
        self.gateway = f"{NET}.{number}.1"
        home = os.open(_OWN, os.O_RDONLY)
        try:
            kernel.unshare(kernel.CLONE_NEWNET)
            self.descriptor = os.open(_OWN, os.O_RDONLY)
            kernel.set_up_loopback()
        finally:
            kernel.setns(home, kernel.CLONE_NEWNET)
            os.close(home)

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """The calling thread, and what it starts, is on this machine while the block runs."""
        home = os.open(_OWN, os.O_RDONLY)
        kernel.setns(self.descriptor, kernel.CLONE_NEWNET)
        try:
            yield
        finally:
            kernel.setns(home, kernel.CLONE_NEWNET)
            os.close(home)

    def connect(self) -> None:
        """Lays the cable to the hub. Called on the hub."""
        ip("link", "add", "name", self.name, "type", "veth", "peer", "name", "eth0", "netns",
           f"/proc/{os.getpid()}/fd/{self.descriptor}")
        ip("address", "add", f"{self.gateway}/24", "dev", self.name)
        ip("link", "set", "dev", self.name, "up")
        with self.inside():
            ip("address", "add", f"{self.address}/24", "dev", "eth0")
            ip("link", "set", "eth0", "up")
            ip("route", "add", "default", "via", self.gateway)

    def answer_for(self, other: Machine) -> None:
        """Takes packets for the other's address too, when any come (Network.divert)."""
        with self.inside():
            ip("address", "add", f"{other.address}/32", "dev", "lo")


class Network:
    """The hub. Raises OSError, RuntimeError (a command failed)."""

    def __init__(self) -> None:
        self._machines: list[Machine] = []
        Path("/proc/sys/net/ipv4/ip_forward").write_text("1")
        for scope in ("all", "default"):
            strict_return_path(scope, False)

    def join(self, name: str) -> Machine:
        """A new machine on the network."""
        machine = Machine(name, len(self._machines) + 1)
        self._machines.append(machine)
        machine.connect()
        return machine

    def black_hole(self, machine: Machine) -> None:
        """Every packet from and to the machine is dropped without a word, until restore()."""
        strict_return_path(machine.name, True)
        ip("route", "replace", "blackhole", f"{machine.address}/32")

    def divert(self, machine: Machine, other: Machine) -> None:
        """Packets to the machine's address go to the other one, which answers for it, until restore().

        What the machine itself still sends arrives, so that replies which are on their way are not lost with it.
        """
        ip("route", "replace", f"{machine.address}/32", "via", other.address)

    def restore(self, machine: Machine) -> None:
        """Ends black_hole() and divert()."""
        ip("route", "del", f"{machine.address}/32")
        strict_return_path(machine.name, False)


def strict_return_path(interface: str, strict: bool) -> None:
    """Whether a packet is taken only from where one to its sender would go: then what cuts one way cuts both."""
    Path(f"/proc/sys/net/ipv4/conf/{interface}/rp_filter").write_text(str(int(strict)))


def ip(*words: str) -> None:
    """ip(8). Raises RuntimeError with what it said."""
    ended = subprocess.run(["ip", *words], capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(f"ip {' '.join(words)}: {ended.stderr.strip()}")
