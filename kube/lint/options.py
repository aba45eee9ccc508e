"""The server's options as docs/configuration.md has them, which the server itself writes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"
ROW = re.compile(r"^\| `(PLAYGROUND_[A-Z0-9_]+)`<br>`[^`]*` \| ([^|]*) \| [^|]* \| ([^|]*) \|")


@cache
def table() -> dict[str, tuple[str, str]]:
    """Every variable with its default as the table shows it, without quotes, and the roles that use it."""
    rows = (ROW.match(line) for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {row[1]: (row[2].strip().strip("`"), row[3].strip()) for row in rows if row}


def default(variable: str) -> str:
    """Raises KeyError for what is no option."""
    return table()[variable][0]


def roles(variable: str) -> list[str]:
    """The roles that use an option; none for what is no option."""
    return table()[variable][1].split(", ") if variable in table() else []
