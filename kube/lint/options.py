"""The server's options as docs/configuration.md has them, which the server itself writes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"
ROW = re.compile(r"^\| `(PLAYGROUND_[A-Z0-9_]+)`<br>`[^`]*` \| ([^|]*) \|")

# Options of TLS and tokens, which are written at the same time as these manifests.
ANNOUNCED = ("TLS_CERT", "TLS_KEY", "BACKEND_CA_FILE", "TOKENS_FILE", "BACKEND_TOKEN_FILE")


@cache
def defaults() -> dict[str, str]:
    """Every variable with its default as the table shows it, without quotes."""
    rows = (ROW.match(line) for line in TABLE.read_text(encoding="utf-8").splitlines())
    announced = {"PLAYGROUND_" + name: "none" for name in ANNOUNCED}
    return announced | {row[1]: row[2].strip().strip("`") for row in rows if row}
