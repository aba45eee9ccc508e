"""Header fields: their syntax (RFC 9112, 5), bytes that have no place in a head, and Host (RFC 9110, 7.2)."""

from __future__ import annotations

from wire import BODY, Case, post, refused, taken, with_fields, with_line

CONTROLS = [0x00, 0x01, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f]
SEPARATORS = '"(),/;<=>?@[\\]{}'
LENGTH = f"Content-Length: {len(BODY)}"

BAD_FIELDS = {
    "no colon": ["A b"],
    "no name": [": b"],
    "colon alone": [":"],
    "blank before the colon": ["A : b"],
    "tab before the colon": ["A\t: b"],
    "blank in the name": ["A b: c"],
    "blank before the colon of Content-Length": ["Content-Length : 3"],
    "blank before the colon of Transfer-Encoding": ["Transfer-Encoding : chunked"],
    "folded by a blank": ["A: b", " c"],
    "folded by a tab": ["A: b", "\tc"],
    "folded by a blank line": ["A: b", " "],
    "folded Transfer-Encoding": ["Transfer-Encoding:", " chunked"],
    "folded Content-Length": ["Content-Length:", " 3"],
    "name of UTF-8": ["\xc3\xa9: b"],
    "name with a high byte": ["A\x80: b"],
    "carriage return in the value": ["A: b\rC: d"],
    "carriage return before the end": ["A: b\r"],
    "carriage return in the name": ["A\rB: c"],
    "carriage return before the colon": ["A\r: c"],
    "line feed behind the value": ["A: b\nC: d"],
    "line feed and blank": ["A: b\n c"],
    "line feed before the end": ["A: b\n"],
    "request line as a field": ["GET / HTTP/1.1"],
}

GOOD_FIELDS = {
    "empty value": ["A:"],
    "no blank": ["A:b"],
    "blanks around": ["A: \t b \t "],
    "only blanks": ["A: \t "],
    "colon in the value": ["A: b:c"],
    "colon first in the value": ["A:: b"],
    "tab in the value": ["A: b\tc"],
    "high bytes in the value": ["A: \xc3\xa9 \xff \x80"],
    "separators in the value": [f"A: {SEPARATORS}"],
    "odd name": ["!#$%&'*+-.^_`|~0: b"],
    "underscore": ["A_B: c"],
    "name of digits": ["1: 2"],
    "one name often": ["A: b"] * 50,
    "any case of Content-Type": ["accept: */*", "ACCEPT: */*"],
    "long value": ["A: " + "b" * 8000],
    "Cookie": ["Cookie: a=b; c=\"d\""],
    "Keep-Alive": ["Keep-Alive: timeout=1, max=1"],
    "Proxy-Connection": ["Proxy-Connection: close"],
    "TE": ["TE: trailers, deflate;q=0.5"],
    "Trailer": ["Trailer: Content-Length"],
    "Upgrade to websockets": ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x"],
    "Upgrade to HTTP/2": ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: x"],
    "Range": ["Range: bytes=0-0"],
    "Max-Forwards": ["Max-Forwards: 0"],
    "If-None-Match": ["If-None-Match: *"],
    "Connection names Host": ["Connection: Host"],
    "Connection names Content-Length": ["Connection: Content-Length"],
    "Forwarded": ["X-Forwarded-For: 1.2.3.4", "X-Forwarded-Host: other", "X-Original-URL: /debug/state"],
    "method override": ["X-HTTP-Method-Override: DELETE"],
    "identity": ["Content-Encoding: identity"],
    "identity in upper case": ["Content-Encoding: IDENTITY"],
    "Expect": ["Expect: 100-continue"],
    "Expect in upper case": ["EXPECT: 100-CONTINUE"],
    "Expect twice": ["Expect: 100-continue", "Expect: 100-continue"],
}

BAD_HOSTS = {
    "empty": "Host:",
    "blanks": "Host: \t ",
    "port alone": "Host: :80",
    "port of letters": "Host: h:http",
    "port too large": "Host: h:65536",
    "port of many digits": "Host: h:99999999999999999999",
    "port with a sign": "Host: h:-1",
    "two ports": "Host: h:80:80",
    "blank before the port": "Host: h :80",
    "user": "Host: u@h",
    "user and password": "Host: u:p@h",
    "path": "Host: h/x",
    "query": "Host: h?x",
    "fragment": "Host: h#x",
    "backslash": "Host: h\\x",
    "blank": "Host: h i",
    "comma and blank": "Host: h, i",
    "quotes": 'Host: "h"',
    "pointed brackets": "Host: <h>",
    "scheme": "Host: http://h",
    "bracket open": "Host: [::1",
    "bracket closed": "Host: ::1]",
    "brackets empty": "Host: []",
    "address without brackets": "Host: ::1",
    "word behind the bracket": "Host: [::1]x",
    "port without colon": "Host: [::1]80",
    "three colons": "Host: [:::1]",
    "name in brackets": "Host: [h]",
    "IPv4 in brackets": "Host: [127.0.0.1]",
    "zone": "Host: [fe80::1%25eth0]",
    "address of the future": "Host: [v1.x]",
    "bad percent": "Host: %zz",
    "short percent": "Host: h%4",
    "UTF-8": "Host: \xc3\xa9",
}

GOOD_HOSTS = ["h", "h:80", "h:", "h:0", "h:65535", "H.Example", "h.example.", "127.0.0.1:5000", "[::1]", "[::1]:80",
              "[::]:", "[2001:db8::1]", "[::ffff:127.0.0.1]", "under_score", "h%41", "a,b", "xn--e1aybc"]


def _with_byte(where: str, byte: int) -> bytes:
    char = chr(byte)
    if where == "method":
        return with_line(f"PO{char}ST {{path}} HTTP/1.1")
    if where == "target":
        return with_line(f"POST {{path}}?{char}x HTTP/1.1")
    if where == "version":
        return with_line(f"POST {{path}} HTTP/1.{char}1")
    return with_fields({"name": f"A{char}B: c", "value": f"A: b{char}c", "end of the value": f"A: b{char}"}[where])


FIELD_CASES: list[Case] = [
    *[refused(f"byte {byte:02x} in the {where}", _with_byte(where, byte)) for byte in CONTROLS
      for where in ("method", "target", "version", "name", "value", "end of the value")],
    *[refused(f"field: {name}", with_fields(*lines)) for name, lines in BAD_FIELDS.items()],
    *[refused(f"field: {char} in the name", with_fields(f"A{char}: b"), words="name") for char in SEPARATORS],
    *[taken(f"field: {name}", with_fields(*lines)) for name, lines in GOOD_FIELDS.items()],
    refused("field: folded first", post(LENGTH, host=" Host: h", body=BODY), words="blank"),
    refused("field: folded Host", post(LENGTH, host="Host: h\r\n i", body=BODY), words="blank"),
    *[refused(f"host: {name}", post(LENGTH, host=host, body=BODY), words="Host") for name, host in BAD_HOSTS.items()],
    *[taken(f"host: {host}", post(LENGTH, host=f"Host: {host}", body=BODY)) for host in GOOD_HOSTS],
    refused("host: none", post(LENGTH, host="", body=BODY), words="Host"),
    refused("host: none beside an absolute target", post(LENGTH, host="", body=BODY, line="POST http://h{path} HTTP/1.1"),
            words="Host"),
    refused("host: twice", with_fields("Host: h"), words="Host"),
    refused("host: twice in other cases", with_fields("HOST: i"), words="Host"),
    refused("host: one with a blank before the colon", with_fields("Host : i"), words="name"),
    refused("lines: line feeds only", post(LENGTH, body=BODY).replace(b"\r\n", b"\n"), words="line feed"),
    refused("lines: carriage returns only", post(LENGTH, body=BODY).replace(b"\r\n", b"\r")),
    refused("lines: line feed before carriage return", post(LENGTH, body=BODY).replace(b"\r\n", b"\n\r")),
    refused("lines: two carriage returns", post(LENGTH, body=BODY).replace(b"\r\n", b"\r\r\n")),
    refused("lines: line feed behind the request line", with_line("POST {path} HTTP/1.1\nA: b")),
    refused("lines: the head ends with a line feed", post(LENGTH).removesuffix(b"\r\n") + b"\n" + BODY),
    refused("lines: the head ends with two line feeds", post(LENGTH).removesuffix(b"\r\n\r\n") + b"\n\n" + BODY),
]
