"""The parts of docs/benchmarks.md and docs/benchmarks/*.md that are measured: what stands between a section's marks.

    <!-- limits: written by test/bench/limits.py -->
    …
    <!-- end of limits -->
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "docs"


def write(section: str, text: str, root: Path = ROOT) -> None:
    """Replaces what stands between the section's marks. Raises RuntimeError unless they stand in exactly one place, OSError."""
    pattern = re.compile(rf"(<!-- {re.escape(section)}: [^\n]* -->\n).*?(<!-- end of {re.escape(section)} -->)", re.DOTALL)
    found = [(path, match) for path in pages(root) for match in pattern.finditer(path.read_text())]
    if len(found) != 1:
        raise RuntimeError(f"{root}: {len(found)} places for “{section}” instead of one")
    [(path, match)] = found
    page = path.read_text()
    body = text.strip("\n")
    path.write_text(f"{page[:match.end(1)]}\n{body}\n\n{page[match.start(2):]}")


def write_chart(name: str, svg: str, root: Path = ROOT) -> None:
    """docs/benchmarks/NAME.svg. Raises OSError."""
    (root / "benchmarks").mkdir(exist_ok=True)
    (root / "benchmarks" / f"{name}.svg").write_text(svg)


def pages(root: Path = ROOT) -> list[Path]:
    """The files that have such sections."""
    return [root / "benchmarks.md", *sorted((root / "benchmarks").glob("*.md"))]
