"""A world of its own for a bench: pid, mount, network and ipc namespaces that vanish with it, whatever happens.

    sys.exit(run_isolated(work))

Who is who: the *front* is the process that was started; it waits and passes ends on. The *init* is pid 1
inside and does the work. When either dies, by SIGKILL too, the kernel kills all that the init has started,
and networks, scratch folders and temporary files go with the namespaces.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable

import kernel

PRIVATE = ("/dev/shm", "/run")  # scratch folders of programs; sockets and pid files


def run_isolated(work: Callable[[], int]) -> int:
    """Calls `work` inside and returns what it returns; 1 when it raised, 128 + N for an end by signal N.

    Raises PermissionError without root, OSError where the kernel has no such namespaces.
    """
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_BLOCK, ending)  # none is lost before its handler stands
    kernel.unshare(kernel.CLONE_NEWPID)
    init = os.fork()
    if init == 0:
        os._exit(_inside(work))
    received: list[int] = []

    def end(number: int, _frame: object) -> None:
        received.append(number)
        os.kill(init, signal.SIGKILL)

    for number in ending:
        signal.signal(number, end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ending)
    _, status = os.waitpid(init, 0)
    return 128 + received[0] if received else os.waitstatus_to_exitcode(status) % 256


def _inside(work: Callable[[], int]) -> int:
    """The init. Ends by signal are the front's business."""
    try:
        kernel.die_with_parent(signal.SIGKILL, 0)
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC)
        kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
        kernel.mount("proc", "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
        for folder in PRIVATE:
            kernel.mount("tmpfs", folder, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=1777,size=512m")
        kernel.set_up_loopback()
        return work()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except (AssertionError, OSError, RuntimeError) as error:  # what a bench expects of the world
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
