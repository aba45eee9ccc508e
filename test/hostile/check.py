"""Whether a reply is what a program's header expects."""

from __future__ import annotations

from header import Condition, Program

ESCAPED = "ESCAPED"


def failure(program: Program, http: int, reply: dict, canaries: list[str], have: set[str],
            earlier: frozenset[tuple[str, str]] = frozenset()) -> str:
    """Why the outcome isn't as it must be; "" when it is.

    reply: the JSON object of the answer. canaries: texts that no program may come to know. have: the needs that the
    server is said to meet; without `denied` among them conditions on it are not looked at. earlier: streams and texts of
    earlier runs, for `fresh`.
    """
    streams = f"{reply.get('stdout')}\n{reply.get('stderr')}"
    if http >= 500:
        return f"HTTP {http}: {str(reply)[:200]}"
    told = [line.strip() for line in streams.splitlines() if line.startswith(ESCAPED)]
    if told:
        return "; ".join(told[:3])[:300]
    if any(canary in str(reply) for canary in canaries):
        return f"{ESCAPED}: a canary is in the reply"
    unmet = []
    for outcome in program.expect:
        missed = [c for c in outcome if (c.name != "denied" or "denied" in have) and not holds(c, http, reply, earlier)]
        if not any(c.name == "http" for c in outcome) and http != 200:
            missed.append(Condition("http", "=", ("200",)))
        if not missed:
            return ""
        unmet.append(" ".join(str(c) for c in missed))
    return f"not {' / '.join(unmet)}: {summary(http, reply)}"


def holds(condition: Condition, http: int, reply: dict, earlier: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Whether one condition holds."""
    name, values = condition.name, condition.values
    if name == "http":
        return str(http) in values
    if name in ("stdout", "stderr"):
        text = str(reply.get(name, ""))
        return values[0] in text if condition.operator == "~" else text.strip() == values[0]
    if name == "fresh":
        return bool(reply.get(values[0])) and (values[0], reply[values[0]]) not in earlier
    if name == "denied":
        return set(values) <= set(reply.get("denied") or ())
    wanted = set() if values == ("none",) else set(values)
    if name == "truncated":
        return {stream for stream, cut in (reply.get("truncated") or {}).items() if cut} == wanted
    if name == "files":
        return {file["path"] for file in reply.get("files") or ()} == wanted
    value = reply.get("exit_code" if name == "exit" else name)
    return ("none" if value is None else str(value)) in values


def summary(http: int, reply: dict) -> str:
    """A reply in one line."""
    if "error" in reply:
        return f"HTTP {http} {reply['error']}"
    words = [f"{key}={reply.get(key)}" for key in ("status", "limit", "exit_code", "signal", "denied")
             if reply.get(key) is not None]
    words += [f"{key}={reply[key][-120:]!r}" for key in ("stdout", "stderr") if reply.get(key)]
    return " ".join(words)
