"""Requests of which allocations and system calls are counted, and what the server is asked by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from support.client import EVAL_PATH, PYTHON_PATH, Client
from support.playground import Playground

WARM_UP = 200  # requests after which every buffer has its size and every worker has been replaced


def _healthz(client: Client) -> None:
    assert client.get("/healthz").status == 200


def _evaluate(path: str) -> Callable[[Client], None]:
    def evaluate(client: Client) -> None:
        assert client.evaluate("print('hello')", path)["stdout"] == "hello\n"

    return evaluate


# By their names in limits.json: the role that is asked, and how.
REQUESTS = {
    "healthz": ("backend", _healthz),  # GET /healthz
    "evaluate": ("backend", _evaluate(EVAL_PATH)),  # POST /py/eval of a hello
    "route": ("ui", _evaluate(PYTHON_PATH)),  # the ui's POST /python of a hello
}


@contextmanager
def served(name: str, environment: Mapping[str, str], wrapper: Sequence[str] = ()) -> Iterator[Callable[[int], None]]:
    """Starts what serves the request, one connection to it, and warms both up. What it yields does the request so often, one
    after the other. Environment and wrapper are those of the process that is asked; a ui's backend is another one."""
    role, request = REQUESTS[name]
    if role == "ui":
        with Playground("backend") as backend:
            environment = {**environment, "PLAYGROUND_BACKENDS": f"a=http://{backend.backend}"}
            with _asked(role, request, environment, wrapper) as ask:
                yield ask
    else:
        with _asked(role, request, environment, wrapper) as ask:
            yield ask


@contextmanager
def _asked(role: str, request: Callable[[Client], None], environment: Mapping[str, str],
           wrapper: Sequence[str]) -> Iterator[Callable[[int], None]]:
    with Playground(role, environment=environment, wrapper=wrapper) as server:
        address = getattr(server, role)
        assert address is not None
        with Client(address) as client:
            def ask(times: int) -> None:
                for _ in range(times):
                    request(client)

            ask(WARM_UP)
            yield ask
