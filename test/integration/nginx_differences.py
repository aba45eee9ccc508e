"""Where nginx 1.22 answers a case of `cases_*.py` otherwise than we do, and why that is so: what the constant backend
behind it does, what nginx lets pass and we do not, and which of two fitting errors is chosen."""

from __future__ import annotations

from nginx_front import Difference

DIFFERENCES = [
    Difference(
        "nginx still speaks HTTP/0.9, in which a request line has no version; we do not.",
        (9,), False,
        ["line: no version", "line: no version but a blank", "version: none, as HTTP/0.9 has it"]),
    Difference(
        "nginx takes several blanks between the words of a request line, and behind them; RFC 9112, 3 has "
        "single ones.",
        (200,), True,
        ["line: two blanks before the target", "line: two blanks before the version",
         "line: blank behind the version"]),
    Difference(
        "Which error a version gets: ours is 505 for a version of one digit, a dot and one digit, 400 for "
        "what is no version.",
        (400,), False,
        ["version: HTTP/0.9", "version: HTTP/0.0", "version: HTTP/2 with prior knowledge"]),
    Difference(
        "nginx treats later minor versions as 1.1, as RFC 9110, 2.5 advises; nobody has made any, and we take "
        "none.",
        (200,), True,
        ["version: HTTP/1.2", "version: HTTP/1.9"]),
    Difference(
        "Which error a version gets: ours is 505 for a version of one digit, a dot and one digit, 400 for "
        "what is no version.",
        (505,), False,
        ["version: HTTP/2", "version: HTTP/11"]),
    Difference(
        "nginx reads several digits as a version; RFC 9112, 2.3 has one on each side.",
        (200,), True,
        ["version: HTTP/1.10", "version: HTTP/1.01"]),
    Difference(
        "nginx has 400 for a method that is not of upper-case letters, and for CONNECT; RFC 9110, 9.1 has 501 "
        "for an unknown method, and any token is one.",
        (400,), False,
        ["method: post", "method: Post", "method: POST1", "method: !#$%&'*+-.^_`|~", "method: CONNECT"]),
    Difference(
        "nginx asks its backend about every method of letters; we know ours and say 501.",
        (200,), True,
        ["method: EVALUATE", "method: BREW", "method: PROPFIND", "method: M-SEARCH", "method: PRI",
         "method: XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"]),
    Difference(
        "nginx cuts a fragment off; no client may send one (RFC 9112, 3.2).",
        (200,), True,
        ["target: fragment", "target: fragment in an absolute one"]),
    Difference(
        "nginx takes an absolute target of any scheme; we are asked by http and https only.",
        (200,), True,
        ["target: other scheme", "target: scheme of websockets"]),
    Difference(
        "nginx does not look into the authority of an absolute target.",
        (200,), True,
        ["target: port too large", "target: bracket empty", "target: no address in the brackets"]),
    Difference(
        "nginx takes bytes above 0x7f in a target; a URI has none (RFC 3986, 2).",
        (200,), True,
        ["target: UTF-8"]),
    Difference(
        "nginx takes bytes above 0x7f in a target; a URI has none (RFC 3986, 2).",
        (404,), True,
        ["target: first high byte", "target: last byte"]),
    Difference(
        "nginx looks for a path after resolving dots and double slashes; ours match as they stand.",
        (200,), True,
        ["target: slash before", "target: dot"]),
    Difference(
        "nginx decodes the path and refuses what it can't, or what leads above the root; we decode nothing, "
        "and have nothing there.",
        (400,), False,
        ["target: encoded NUL", "target: bad percent", "target: dots"]),
    Difference(
        "The constant backend takes any method.",
        (200,), True,
        ["route: GET {path} HTTP/1.1", "route: HEAD {path} HTTP/1.1", "route: PUT {path} HTTP/1.1",
         "route: PATCH {path} HTTP/1.1", "route: DELETE {path} HTTP/1.1", "route: POST /healthz HTTP/1.1",
         "length: of a DELETE"]),
    Difference(
        "nginx ends the connection with its refusal of TRACE; we stay.",
        (405,), False,
        ["route: TRACE {path} HTTP/1.1", "route: TRACE /healthz HTTP/1.1"]),
    Difference(
        "The constant backend has no methods of its own.",
        (200,), True,
        ["route: OPTIONS {path} HTTP/1.1", "route: OPTIONS /healthz HTTP/1.1"]),
    Difference(
        "nginx does not know OPTIONS of the server itself.",
        (400,), False,
        ["route: OPTIONS * HTTP/1.1"]),
    Difference(
        "nginx does not know OPTIONS of the server itself.",
        (404,), True,
        ["route: OPTIONS http://h HTTP/1.1"]),
    Difference(
        "nginx skips any number of line ends before a request; RFC 9112, 2.2 asks for one empty line.",
        (200,), True,
        ["before: two empty lines", "before: line feed", "before: carriage return", "behind: two empty lines"]),
    Difference(
        "nginx has 400 for a method that is not of upper-case letters, and for CONNECT; RFC 9110, 9.1 has 501 "
        "for an unknown method, and any token is one.",
        (200, 400), False,
        ["behind: rest of a body"]),
    Difference(
        "nginx passes control characters in values on; RFC 9110, 5.5 lets a recipient refuse all but tabs.",
        (200,), True,
        ["byte 01 in the value", "byte 01 in the end of the value", "byte 07 in the value",
         "byte 07 in the end of the value", "byte 08 in the value", "byte 08 in the end of the value",
         "byte 0b in the value", "byte 0b in the end of the value", "byte 0c in the value",
         "byte 0c in the end of the value", "byte 1b in the value", "byte 1b in the end of the value",
         "byte 1f in the value", "byte 1f in the end of the value", "byte 7f in the value",
         "byte 7f in the end of the value"]),
    Difference(
        "nginx drops fields whose names are no tokens, and serves the rest; for us such a head is broken (RFC "
        "9112, 5).",
        (200,), True,
        ["field: name of UTF-8", "field: name with a high byte", 'field: " in the name', "field: ( in the name",
         "field: ) in the name", "field: , in the name", "field: / in the name", "field: ; in the name",
         "field: < in the name", "field: = in the name", "field: > in the name", "field: ? in the name",
         "field: @ in the name", "field: [ in the name", "field: \\ in the name", "field: ] in the name",
         "field: { in the name", "field: } in the name"]),
    Difference(
        "nginx takes a line feed for a line's end, and drops a carriage return before one; RFC 9112, 2.2 "
        "allows the one and we do neither, for two readers that differ in it can be led apart.",
        (200,), True,
        ["field: carriage return before the end", "field: line feed behind the value", "lines: line feeds only",
         "lines: line feed behind the request line", "lines: the head ends with a line feed",
         "lines: the head ends with two line feeds"]),
    Difference(
        "nginx takes a line feed for a line's end, and drops a carriage return before one; RFC 9112, 2.2 "
        "allows the one and we do neither, for two readers that differ in it can be led apart.",
        (200, 400), False,
        ["field: line feed before the end"]),
    Difference(
        "The constant backend is asked for nothing new.",
        (304,), True,
        ["field: If-None-Match"]),
    Difference(
        "nginx sends 100 even where the body, or the request's end, is there already; RFC 9110, 10.1.1 lets "
        "us leave it out, and has no 100 for no body.",
        (100, 200), True,
        ["field: Expect", "field: Expect in upper case", "expect: and no length", "expect: and no body"]),
    Difference(
        "nginx sends 100 even where the body, or the request's end, is there already; RFC 9110, 10.1.1 lets "
        "us leave it out, and has no 100 for no body.",
        (400,), False,
        ["field: Expect twice"]),
    Difference(
        "nginx looks for little more than slashes, blanks and controls in a Host; RFC 9112, 3.2 has 400 for "
        "every one that is no host and port.",
        (200,), True,
        ["host: port of letters", "host: port too large", "host: port of many digits", "host: port with a sign",
         "host: two ports", "host: user", "host: user and password", "host: query", "host: fragment",
         "host: backslash", "host: quotes", "host: pointed brackets", "host: bracket open", "host: brackets empty",
         "host: word behind the bracket", "host: port without colon", "host: three colons",
         "host: name in brackets", "host: IPv4 in brackets", "host: zone", "host: address of the future",
         "host: bad percent", "host: short percent", "host: UTF-8"]),
    Difference(
        "nginx takes a POST, PUT or PATCH that says nothing of its body's length as one without; we ask for "
        "the length.",
        (200, 400), False,
        ["length: none"]),
    Difference(
        "nginx takes a POST, PUT or PATCH that says nothing of its body's length as one without; we ask for "
        "the length.",
        (200,), True,
        ["length: none for PUT", "length: none for PATCH"]),
    Difference(
        "nginx takes a tab beside a value as part of it; RFC 9110, 5.5 drops it.",
        (400,), False,
        ["length: blanks around"]),
    Difference(
        "The constant backend does not look at bodies.",
        (200,), True,
        ["length: 0", "length: many zeros", "chunk: none"]),
    Difference(
        "The constant backend does not look at bodies.",
        (200, 400), False,
        ["length: one too small"]),
    Difference(
        "Which error comes first: nginx looks at the coding's name, we at its presence beside a length.",
        (501,), False,
        ["coding: unknown and length"]),
    Difference(
        "nginx takes a tab beside a value as part of it; RFC 9110, 5.5 drops it.",
        (501,), False,
        ["coding: blanks around", "coding: tab behind"]),
    Difference(
        "nginx passes every Content-Encoding on; we decode none.",
        (200,), True,
        ["content: gzip", "content: GZIP", "content: x-gzip", "content: br", "content: deflate",
         "content: compress", "content: zstd", "content: identity, gzip", "content: gzip, identity",
         "content: aes128gcm", "content: identity, then gzip"]),
    Difference(
        "nginx ignores expectations that it does not know; RFC 9110, 10.1.1 has 417.",
        (200,), True,
        ["expect: 'the best'", "expect: '200-ok'", "expect: '100-continue, x'", "expect: '100-continue;x'",
         "expect: '100 continue'", "expect: ''"]),
    Difference(
        "nginx ignores expectations that it does not know; RFC 9110, 10.1.1 has 417.",
        (400,), False,
        ["expect: more"]),
    Difference(
        "nginx believes the last Connection field; RFC 9112, 9.3 has close win.",
        (200,), True,
        ["connection: 'close' + 'keep-alive'"]),
    Difference(
        "nginx looks for the letters of close anywhere in Connection; it is a list of tokens.",
        (200,), False,
        ["connection: 'closed'", 'connection: \'"close"\'', "connection: 'close;x'", "connection: 'close=1'"]),
    Difference(
        "nginx takes a POST, PUT or PATCH that says nothing of its body's length as one without; we ask for "
        "the length.",
        (200,), False,
        ["old: no length"]),
    Difference(
        "nginx takes blanks behind a chunk's size; RFC 9112, 7.1 has none there.",
        (200,), True,
        ["chunk: size b'b '", "chunk: size b'b\\t'", "chunk: size b'0 '", "chunk: size b'b ;x'"]),
    Difference(
        "nginx skips everything between a chunk's size and the line feed; we read extensions as RFC 9112, "
        "7.1.1 has them.",
        (200,), True,
        ["chunk: extension b';x=\\x01'", 'chunk: extension b\';x="\\x01"\'', "chunk: extension b';\\x00'",
         "chunk: extension b';x\\x7f'", 'chunk: extension b\';x="\\x7f"\'', 'chunk: extension b\';x="y\'',
         'chunk: extension b\';x="a\\\\"b"\'', "chunk: extension b';x y'", "chunk: extension b';(x)'",
         "chunk: extension b';x=(y)'", "chunk: extension b'; x\\x0b'"]),
    Difference(
        "nginx takes a line feed for a line's end in chunks too; RFC 9112, 7.1 has no such leave.",
        (200,), True,
        ["chunk: size ends with a line feed", "chunk: chunk ends with a line feed",
         "chunk: last chunk ends with line feeds", "chunk: trailer ends with a line feed", "chunk: line feeds only"]),
    Difference(
        "nginx skips trailers without reading them; we read them as fields.",
        (200,), True,
        ["trailer: b'A b'", "trailer: b': b'", "trailer: b'A : b'", "trailer: b' A: b'",
         "trailer: b'A: b\\r\\n c'", "trailer: b'A: b\\nB: c'", "trailer: b'A: \\x00'", "trailer: b'A: \\x7f'",
         "trailer: b'\\xc3\\xa9: b'", "trailer: b'GET / HTTP/1.1'", "trailer: b'A(: b'",
         "trailer: b'Transfer-Encoding: gzip'"]),
    Difference(
        "nginx's limits: 8 KiB for the request line, and for each line of the head.",
        (414,), False,
        ["limit: target"]),
    Difference(
        "nginx's limits: 8 KiB for the request line, and for each line of the head.",
        (400,), False,
        ["limit: head"]),
    Difference(
        "nginx has 400 for a head that is too large; RFC 6585, 5 has 431.",
        (400,), False,
        ["limit: head, one more", "limit: head, much more", "limit: name of a field"]),
    Difference(
        "This nginx puts no limit on the number of fields.",
        (200,), True,
        ["limit: fields, one more"]),
    Difference(
        "nginx's lengths have 63 bits, and are errors above.",
        (400,), False,
        ["limit: body of all bits", "limit: chunk of all bits"]),
    Difference(
        "nginx puts no limit on chunk extensions and trailers.",
        (200,), True,
        ["limit: extension, one more", "limit: trailer fields, one more", "limit: trailer"]),
]
