"""One request's program and what it has to print."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sample:
    """`stdout` is the right output; stderr has to stay empty. `more`: further fields of the request."""

    code: str
    stdout: str
    more: dict[str, object] = field(default_factory=dict)

    def request(self) -> dict[str, object]:
        """As the API takes it."""
        return {"code": self.code, **self.more}
