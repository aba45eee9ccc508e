"""Requests that two readers might end in different places: made by chance from a seed, so that each run has the same.

A sample is a request with one to three mutations of what frames it, perhaps with a hidden request in or behind its
body, and then a marker. Each of the three bodies is a JSON object with one name of its own, by which whoever received it
can be asked what it saw: `{"s0000017": 1}` is that of sample 17, h… the hidden one's, m… the marker's.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

NAME = re.compile("[shm][0-9]{7}")
BLANKS = [b" ", b"\t", b"  ", b"\x0b", b"\x0c", b"\xa0", b"\x85", b"\r", b"\n", b"\0", b""]
ENDS = [b"\n", b"\r", b"\n\r", b"\r\r\n", b"\r\n\r\n", b"\n\n", b" \r\n", b"\r\n ", b"\x0b", b"\0\r\n"]


@dataclass
class Draft:
    """A request that is still being changed. `lengths` and `codings` are whole fields."""

    path: bytes
    line: bytes
    fields: list[bytes]
    payload: bytes
    lengths: list[bytes] = field(default_factory=list)
    codings: list[bytes] = field(default_factory=list)
    body: bytes = b""
    behind: bytes = b""
    cuts: list[tuple[bytes, bytes]] = field(default_factory=list)  # what is replaced in the whole, once each

    def text(self, chance: random.Random) -> bytes:
        """All of it, with the framing fields among the others in any order."""
        framing = self.lengths + self.codings
        chance.shuffle(framing)
        head = b"\r\n".join([self.line, *self.fields, *framing, b"", b""])
        for old, new in self.cuts:
            head = head.replace(old, new, 1)
        return head + self.body + self.behind


def samples(seed: int, count: int, path: bytes) -> Iterator[bytes]:
    """So many conversations about this path. Those of another path differ in nothing else, if it is of the same length."""
    chance = random.Random(seed)
    return (_sample(chance, number, path) for number in range(count))


def body_of(letter: str, number: int) -> bytes:
    """16 bytes."""
    return b'{"%s%07d": 1}' % (letter.encode(), number)


def plain(path: bytes, body: bytes, *fields: bytes) -> bytes:
    """A request that nobody can misread."""
    lines = [b"POST " + path + b" HTTP/1.1", b"Host: h", b"Content-Type: application/json",
             b"Content-Length: %d" % len(body), *fields, b"", b""]
    return b"\r\n".join(lines) + body


def _sample(chance: random.Random, number: int, path: bytes) -> bytes:
    payload = body_of("s", number)
    draft = Draft(path, b"POST " + path + b" HTTP/1.1", [b"Host: h", b"Content-Type: application/json"], payload)
    if chance.random() < 0.5:
        draft.lengths, draft.body = [b"Content-Length: %d" % len(payload)], payload
    else:
        draft.codings, draft.body = [b"Transfer-Encoding: chunked"], b"%x\r\n%s\r\n0\r\n\r\n" % (len(payload), payload)
    hidden = plain(path, body_of("h", number))
    for mutate in chance.choices(MUTATIONS, k=chance.choice([1, 1, 2, 3])):
        mutate(draft, chance, hidden)
    return draft.text(chance) + plain(path, body_of("m", number), b"Connection: close")


# Mutations. Each changes a draft in one way.


def other_length(draft: Draft, chance: random.Random, hidden: bytes) -> None:
    size = len(draft.body) + chance.choice([0, 0, 0, -1, 1, -5, 5, len(hidden)])
    forms = [b"%d", b"0%d", b"+%d", b"-%d", b"%d ", b" %d", b"%d,", b"%d;", b"%d.0", b"0x%x", b"0%o", b"\"%d\"", b"%d\x0b",
             b"\x0b%d", b"%d\xa0", b"%d %d", b"%d, %d", b"%d\r\n ", b"\r\n %d", b"%de0", b"_%d", b"%d\t", b"\t%d"]
    form = chance.choice(forms)
    value = form % ((size,) * form.count(b"%"))
    draft.lengths = [_name(b"Content-Length", chance) + b": " + value]


def second_length(draft: Draft, chance: random.Random, hidden: bytes) -> None:
    size = chance.choice([0, len(draft.payload), len(draft.body), len(draft.body) + len(hidden), 5])
    draft.lengths.append(_name(b"Content-Length", chance) + b":%s%d" % (chance.choice(BLANKS), size))


def other_coding(draft: Draft, chance: random.Random, _: bytes) -> None:
    values = [b"chunked", b"Chunked", b"CHUNKED", b"xchunked", b"chunked,", b",chunked", b"chunked, chunked", b"identity",
              b"identity, chunked", b"chunked, identity", b"gzip, chunked", b"chunked;x=y", b"\"chunked\"", b"chunke\xc4\x91", b"",
              b"chunked\x0b", b"\x0bchunked", b"chunked\0", b"\xa0chunked", b"chun ked", b"chunked\r\n ", b"\r\n chunked", b"\tchunked",
              b"chunked\t", b"chunked  "]
    draft.codings = [_name(b"Transfer-Encoding", chance) + b":" + chance.choice([b" ", b""]) + chance.choice(values)]


def second_coding(draft: Draft, chance: random.Random, _: bytes) -> None:
    draft.codings.append(_name(b"Transfer-Encoding", chance) + b": " + chance.choice([b"chunked", b"identity", b"x", b"", b"gzip"]))


def length_beside_coding(draft: Draft, chance: random.Random, hidden: bytes) -> None:
    draft.lengths = [b"Content-Length: %d" % chance.choice([0, 3, len(draft.body), len(draft.body) + len(hidden)])]
    draft.codings = draft.codings or [_name(b"Transfer-Encoding", chance) + b": chunked"]


def no_framing(draft: Draft, *_: object) -> None:
    draft.lengths, draft.codings = [], []


def other_chunks(draft: Draft, chance: random.Random, hidden: bytes) -> None:
    size = len(draft.payload) + chance.choice([0, 0, 0, 0, 1, -1, 16, len(hidden)])
    forms = [b"%x", b"%X", b"0%x", b"0x%x", b"+%x", b"-%x", b"%x ", b" %x", b"%x\t", b"%x\x0b", b"%x;", b"%x;x", b"%x;x=y", b"%x;x=\"y\"",
             b"%x;x=\"\r\n\"", b"%x;\n", b"%x;x\n", b"%x;x\r", b"%x ;x", b"%xg", b"%x,", b"%x\0", b"%x%%", b"0000000000000000000%x",
             b"1000000000000000%x", b"%x;" + b"x" * 300]
    end, gap = chance.choice([b"\r\n"] * 6 + ENDS), chance.choice([b"\r\n"] * 6 + ENDS + [b""])
    last = chance.choice([b"0\r\n\r\n"] * 6 + [b"0\n\n", b"0\r\n\n", b"0\n\r\n", b"00\r\n\r\n", b"0;x\r\n\r\n", b"0 \r\n\r\n", b"0x0\r\n\r\n",
                                              b"-0\r\n\r\n", b"\r\n\r\n", b"0\r\n", b"", b"0\r\nA: b\r\n\r\n", b"0\r\nA: b\n\r\n",
                                              b"0\r\nA : b\r\n\r\n", b"0\r\nContent-Length: 9\r\n\r\n", b"0\r\n\r\n0\r\n\r\n",
                                              b"0\r\n" + hidden])
    draft.codings, draft.lengths = draft.codings or [b"Transfer-Encoding: chunked"], []
    draft.body = chance.choice(forms) % size + end + draft.payload + gap + last


def split_chunks(draft: Draft, chance: random.Random, _: bytes) -> None:
    cut = chance.randrange(1, len(draft.payload))
    parts = draft.payload[:cut], draft.payload[cut:]
    draft.codings, draft.lengths = [b"Transfer-Encoding: chunked"], []
    draft.body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def hidden_behind(draft: Draft, chance: random.Random, hidden: bytes) -> None:
    draft.behind = chance.choice([b"", b"\r\n", b"\r\n\r\n", b"x", b"0\r\n\r\n", b"\n", b"\0", b" "]) + hidden


def hidden_within(draft: Draft, _: random.Random, hidden: bytes) -> None:
    draft.codings, draft.lengths = [], [b"Content-Length: %d" % (len(draft.payload) + len(hidden))]
    draft.body = draft.payload + hidden


def hidden_in_a_field(draft: Draft, chance: random.Random, hidden: bytes) -> None:
    draft.fields.append(b"X: y" + chance.choice([b"\n\n", b"\r\r", b"\r\n\n", b"\n\r\n", b"\r\n \r\n", b"\0", b" "]) + hidden.partition(b"\r\n")[0])


def other_line(draft: Draft, chance: random.Random, _: bytes) -> None:
    draft.line = chance.choice([
        b"POST {path} HTTP/1.0", b"POST {path} HTTP/1.2", b"POST {path} HTTP/2.0", b"POST {path}", b"POST  {path} HTTP/1.1",
        b"POST {path}  HTTP/1.1", b"POST {path} HTTP/1.1 ", b"POST\t{path} HTTP/1.1", b"post {path} HTTP/1.1", b"PUT {path} HTTP/1.1",
        b"GET {path} HTTP/1.1", b"DELETE {path} HTTP/1.1", b"OPTIONS {path} HTTP/1.1",
        b"POST http://h{path} HTTP/1.1", b"POST HTTP://other:1{path} HTTP/1.1", b"POST http://u@h{path} HTTP/1.1",
        b"POST //h{path} HTTP/1.1", b"POST {path}?a=b HTTP/1.1", b"POST {path}#a HTTP/1.1", b"POST {path}?\r HTTP/1.1",
        b"\r\nPOST {path} HTTP/1.1", b"\r\n\r\nPOST {path} HTTP/1.1", b"\nPOST {path} HTTP/1.1", b" POST {path} HTTP/1.1"]).replace(b"{path}", draft.path)


def other_host(draft: Draft, chance: random.Random, _: bytes) -> None:
    draft.fields[0] = chance.choice([b"Host: h\r\nHost: i", b"Host:", b"Host: h:80", b"Host: u@h", b"Host : h", b"Host: h i", b"X: y",
                                     b" Host: h", b"Host: h\r\n i", b"Host: [::1]", b"HOST: h", b"Host: h\nHost: i", b"Host: h/"])


def extra_field(draft: Draft, chance: random.Random, _: bytes) -> None:
    draft.fields.insert(chance.randrange(len(draft.fields) + 1), chance.choice([
        b"Connection: close", b"Connection: keep-alive", b"Connection: Content-Length", b"Connection: Transfer-Encoding",
        b"Connection: Upgrade\r\nUpgrade: h2c", b"Expect: 100-continue", b"Expect: x", b"TE: chunked", b"Trailer: Content-Length",
        b"Content-Encoding: gzip", b"X-Content-Length: 3", b"Content_Length: 3", b"Transfer_Encoding: chunked", b"A: b\n c", b"A: b\r\n c",
        b"A: b\rTransfer-Encoding: chunked", b"A: b\nTransfer-Encoding: chunked", b"A: b\nContent-Length: 3", b"A", b": b", b"A b: c",
        b"A:\0", b"A: \x7f", b"\xff: b", b"Keep-Alive: timeout=0", b"X: " + b"y" * 9000]))


def other_end(draft: Draft, chance: random.Random, _: bytes) -> None:
    name = chance.choice([b"HTTP/1.1", b"Host: h", b"application/json"])
    draft.cuts.append((name + b"\r\n", name + chance.choice(ENDS)))


def line_feeds_only(draft: Draft, *_: object) -> None:
    draft.cuts += [(b"\r\n", b"\n")] * 12


def other_byte(draft: Draft, chance: random.Random, _: bytes) -> None:
    """One byte of the line, but for its path, or of the body changed, doubled or left out."""
    part = chance.choice(["line", "body"])
    text = getattr(draft, part)
    path = text.find(draft.path)
    places = [at for at in range(len(text)) if path < 0 or not path <= at < path + len(draft.path)]
    if not places:
        return
    at = chance.choice(places)
    new = chance.choice([b"", text[at:at + 1] * 2, bytes([chance.randrange(256)])])
    setattr(draft, part, text[:at] + new + text[at + 1:])


def _name(name: bytes, chance: random.Random) -> bytes:
    """A field's name, mostly as it is."""
    if chance.random() < 0.6:
        return name
    return chance.choice([name.upper(), name.lower(), name + b" ", name + b"\t", b" " + name, name.replace(b"-", b"_"), name + b"\0",
                          name.replace(b"-", b"\xe2\x80\x90"), b"X\r\n" + name, b"X: y\n" + name, b"X: y\r" + name, name + b"\x0b",
                          name + b"\r\n ", name.replace(b"-", b" "), b"\x0b" + name])


MUTATIONS: list[Callable[[Draft, random.Random, bytes], None]] = [
    other_length, other_length, second_length, other_coding, other_coding, second_coding, length_beside_coding, no_framing,
    other_chunks, other_chunks, other_chunks, split_chunks, hidden_behind, hidden_behind, hidden_within, hidden_in_a_field,
    other_line, other_host, extra_field, extra_field, other_end, line_feeds_only, other_byte, other_byte]
