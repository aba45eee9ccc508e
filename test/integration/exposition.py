"""A strict reader of Prometheus' text exposition format, version 0.0.4.

What the format's description says must or should be so, is asserted: HELP and TYPE once and before
the samples, all lines of a metric together, no sample twice, proper names, escapes and values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
_SAMPLE = re.compile(rf"({_NAME})(?:\{{((?:{_LABEL})(?:,{_LABEL})*)?,?\}})? (\S+)(?: -?\d+)?")
_TYPES = {"counter", "gauge", "histogram", "summary", "untyped"}
_SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")}

Labels = frozenset[tuple[str, str]]


@dataclass
class Family:
    """One metric. `samples` by the full name (with _bucket …) and labels."""

    name: str
    help: str | None = None
    type: str | None = None
    samples: dict[tuple[str, Labels], float] = field(default_factory=dict)


def parse(text: str) -> dict[str, Family]:
    """The metrics by name. Raises AssertionError with the line that is wrong."""
    assert text.endswith("\n"), "the last line has no end"
    families: dict[str, Family] = {}
    current: Family | None = None
    for line in text.split("\n")[:-1]:
        if not line:
            continue
        if line.startswith("# ") and line.split(" ")[1] in ("HELP", "TYPE"):
            _, keyword, name, rest = (line + " ").split(" ", 3)
            current = _enter(families, current, name, line)
            _describe(current, keyword, rest.rstrip(" "), line)
        elif not line.startswith("#"):
            name, labels, value = _sample(line)
            current = _enter(families, current, _family_of(name, current), line)
            assert (name, labels) not in current.samples, f"twice: {line}"
            current.samples[name, labels] = value
    for family in families.values():
        if family.type == "histogram":
            _check_histogram(family)
    return families


def value(families: dict[str, Family], name: str, **labels: str) -> float:
    """The sum of the samples named `name` that have at least these labels; 0 without any."""
    wanted = set(labels.items())
    return sum(number for family in families.values()
               for (sample, having), number in family.samples.items()
               if sample == name and wanted <= having)


def _enter(families: dict[str, Family], current: Family | None, name: str, line: str) -> Family:
    if current is not None and current.name == name:
        return current
    assert name not in families, f"not beside its own kind: {line}"
    assert re.fullmatch(_NAME, name), line
    families[name] = Family(name)
    return families[name]


def _describe(family: Family, keyword: str, rest: str, line: str) -> None:
    assert not family.samples, f"behind the samples: {line}"
    if keyword == "HELP":
        assert family.help is None and rest, line
        assert re.fullmatch(r"(?:[^\\]|\\[\\n])*", rest), f"escape: {line}"
        family.help = rest
    else:
        assert family.type is None and rest in _TYPES, line
        family.type = rest


def _sample(line: str) -> tuple[str, Labels, float]:
    match = _SAMPLE.fullmatch(line)
    assert match, f"not a sample: {line}"
    pairs = [tuple(label.split("=", 1)) for label in re.findall(_LABEL, match[2] or "")]
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a label twice: {line}"
    return match[1], frozenset((name, _unescape(text[1:-1])) for name, text in pairs), float(match[3])


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda escape: "\n" if escape[1] == "n" else escape[1], text)


def _family_of(name: str, current: Family | None) -> str:
    """The samples of a histogram have suffixes to its name."""
    if current is not None:
        for suffix in _SUFFIXES.get(current.type or "", ()):
            if name == current.name + suffix:
                return current.name
    return name


def _check_histogram(family: Family) -> None:
    """Buckets grow with their bounds up to +Inf, which is the count."""
    series: dict[Labels, list[tuple[float, float]]] = {}
    for (name, labels), number in family.samples.items():
        if name == family.name + "_bucket":
            bound = dict(labels)["le"]
            rest = frozenset(pair for pair in labels if pair[0] != "le")
            series.setdefault(rest, []).append((float(bound), number))
    for labels, buckets in series.items():
        counts = [number for _, number in sorted(buckets)]
        assert counts == sorted(counts), f"{family.name}: buckets shrink"
        assert max(buckets)[0] == float("inf"), f"{family.name}: no bucket for +Inf"
        assert counts[-1] == family.samples[family.name + "_count", labels]
        assert (family.name + "_sum", labels) in family.samples
