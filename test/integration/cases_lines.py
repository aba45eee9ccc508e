"""Request lines: methods, targets, versions, and what may stand before them (RFC 9112, 2.2 and 3)."""

from __future__ import annotations

from wire import BODY, Case, refused, taken, with_line

BAD_LINES = {
    "no target": "POST",
    "no version": "POST {path}",
    "no version but a blank": "POST {path} ",
    "nothing but blanks": "   ",
    "blank before the method": " POST {path} HTTP/1.1",
    "tab before the method": "\tPOST {path} HTTP/1.1",
    "two blanks before the target": "POST  {path} HTTP/1.1",
    "two blanks before the version": "POST {path}  HTTP/1.1",
    "blank behind the version": "POST {path} HTTP/1.1 ",
    "tab behind the version": "POST {path} HTTP/1.1\t",
    "word behind the version": "POST {path} HTTP/1.1 HTTP/1.0",
    "tab for the first blank": "POST\t{path} HTTP/1.1",
    "tab for the second blank": "POST {path}\tHTTP/1.1",
    "tab in the target": "POST {path}\tx HTTP/1.1",
    "blank in the target": "POST {path} x HTTP/1.1",
    "version first": "HTTP/1.1 POST {path}",
    "reply": "HTTP/1.1 200 OK",
    "method in quotes": '"POST" {path} HTTP/1.1',
    "method with a slash": "PO/ST {path} HTTP/1.1",
    "method with a colon": "POST: {path} HTTP/1.1",
    "method with a bracket": "POST( {path} HTTP/1.1",
    "method with an at sign": "P@ST {path} HTTP/1.1",
    "method with a comma": "POST,GET {path} HTTP/1.1",
    "method of high bytes": "P\xd6ST {path} HTTP/1.1",
}

VERSIONS_OF_OTHERS = ["HTTP/0.9", "HTTP/1.2", "HTTP/1.9", "HTTP/2.0", "HTTP/2.1", "HTTP/3.0", "HTTP/9.9", "HTTP/0.0"]
BAD_VERSIONS = ["HTTP/1", "HTTP/1.", "HTTP/.1", "HTTP/2", "HTTP/1.10", "HTTP/1.01", "HTTP/01.1", "HTTP/11", "HTTP/1,1",
                "HTTP/-1.1", "HTTP/+1.1", "HTTP/1.1x", "HTTP/1.x", "HTTP/a.b", "http/1.1", "Http/1.1", "HTTPS/1.1",
                "HTP/1.1", "HHTTP/1.1", "ICY/1.1", "RTSP/1.0", "HTTP\\1.1", "HTTP/1.1;", "HTTP/1.1/", "/HTTP/1.1",
                "HTTP/1.\xb9", "HTTP"]

OTHER_METHODS = ["post", "Post", "EVALUATE", "BREW", "PROPFIND", "M-SEARCH", "PRI", "POST1", "X" * 64, "!#$%&'*+-.^_`|~"]

BAD_TARGETS = {
    "fragment": "{path}#x",
    "relative": "python",
    "relative by dots": "../python",
    "question mark alone": "?x",
    "asterisk": "*",
    "asterisk behind a slash is a path, before it is none": "*/",
    "authority": "h:80",
    "backslash": "\\python",
    "other scheme": "ftp://h{path}",
    "scheme of websockets": "ws://h{path}",
    "scheme of scripts": "javascript:alert(1)",
    "scheme without slashes": "http:h{path}",
    "scheme with one slash": "http:{path}",
    "no authority": "http://{path}",
    "no authority but a query": "http://?x",
    "no authority but a port": "http://:80{path}",
    "user": "http://u@h{path}",
    "user and password": "http://u:p@h{path}",
    "empty user": "http://@h{path}",
    "port of letters": "http://h:http{path}",
    "port too large": "http://h:65536{path}",
    "port with a sign": "http://h:+80{path}",
    "two ports": "http://h:80:80{path}",
    "bracket open": "http://[::1{path}",
    "bracket empty": "http://[]{path}",
    "word behind the bracket": "http://[::1]x{path}",
    "no address in the brackets": "http://[h]{path}",
    "host of a bad percent": "http://%zz{path}",
    "host of a backslash": "http://h\\i{path}",
    "fragment in an absolute one": "http://h{path}#x",
    "UTF-8": "{path}?\xc3\xa9",
    "first high byte": "{path}\x80",
    "last byte": "{path}\xff",
}

GOOD_TARGETS = {
    "query": "{path}?x=1",
    "empty query": "{path}?",
    "query of question marks": "{path}???",
    "query of an address": "{path}?http://u@x/",
    "query of characters that browsers leave": "{path}?a|b{c}^`\"<>\\[]",
    "absolute": "http://h{path}",
    "absolute with another host": "http://other{path}",
    "absolute with a port": "http://h:80{path}",
    "absolute with an empty port": "http://h:{path}",
    "absolute with an IPv4 address": "http://127.0.0.1:5000{path}",
    "absolute with an IPv6 address": "http://[::1]{path}",
    "absolute with an IPv6 address and a port": "http://[::1]:80{path}",
    "absolute in upper case": "HTTP://H{path}",
    "absolute over TLS": "https://h{path}",
    "absolute with a query": "http://h{path}?x=/",
}

LOST_TARGETS = {
    "slash behind": "{path}/",
    "slash before": "/{path}",
    "parameter": "{path};x",
    "percent": "{path}%20",
    "encoded NUL": "{path}%00",
    "encoded line break": "{path}%0d%0aHost:%20x",
    "bad percent": "{path}%zz",
    "upper case": "/PYTHON",
    "dot": "/.{path}",
    "dots": "/../..{path}",
    "high bytes, encoded": "{path}%ff",
}

ON_ROUTES = [
    ("GET {path} HTTP/1.1", 405, "method_not_allowed"), ("HEAD {path} HTTP/1.1", 405, None),
    ("PUT {path} HTTP/1.1", 405, "method_not_allowed"), ("PATCH {path} HTTP/1.1", 405, "method_not_allowed"),
    ("DELETE {path} HTTP/1.1", 405, "method_not_allowed"), ("TRACE {path} HTTP/1.1", 405, "method_not_allowed"),
    ("TRACE /healthz HTTP/1.1", 405, "method_not_allowed"), ("POST /healthz HTTP/1.1", 405, "method_not_allowed"),
    ("OPTIONS {path} HTTP/1.1", 204, None), ("OPTIONS /healthz HTTP/1.1", 204, None), ("OPTIONS * HTTP/1.1", 204, None),
    ("OPTIONS http://h HTTP/1.1", 204, None), ("OPTIONS /none HTTP/1.1", 404, "not_found"),
    ("GET /none HTTP/1.1", 404, "not_found"), ("HEAD /none HTTP/1.1", 404, None), ("HEAD /healthz HTTP/1.1", 200, None),
]

FINE = with_line("POST {path} HTTP/1.1")

LINE_CASES: list[Case] = [
    *[refused(f"line: {name}", with_line(line)) for name, line in BAD_LINES.items()],
    *[refused(f"version: {version}", with_line(f"POST {{path}} {version}"), 505, "version_not_supported", "HTTP/1.1")
      for version in VERSIONS_OF_OTHERS],
    *[refused(f"version: {version}", with_line(f"POST {{path}} {version}"), words="version") for version in BAD_VERSIONS],
    *[refused(f"method: {method}", with_line(f"{method} {{path}} HTTP/1.1"), 501, "not_implemented", "method")
      for method in OTHER_METHODS],
    refused("method: CONNECT", with_line("CONNECT h:80 HTTP/1.1"), 501, "not_implemented", "method"),
    refused("version: HTTP/2 with prior knowledge", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version_not_supported"),
    refused("version: none, as HTTP/0.9 has it", b"GET {path}\r\n", words="version"),
    refused("line: hello of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n"),
    *[refused(f"target: {name}", with_line(f"POST {target} HTTP/1.1")) for name, target in BAD_TARGETS.items()],
    *[taken(f"target: {name}", with_line(f"POST {target} HTTP/1.1")) for name, target in GOOD_TARGETS.items()],
    *[taken(f"target: {name}", with_line(f"POST {target} HTTP/1.1"), 404, "not_found")
      for name, target in LOST_TARGETS.items()],
    *[taken(f"route: {line}", with_line(line), status, code) for line, status, code in ON_ROUTES],
    refused("target: asterisk for GET", with_line("GET * HTTP/1.1")),
    taken("before: one empty line", b"\r\n" + FINE),
    refused("before: two empty lines", b"\r\n\r\n" + FINE),
    refused("before: line feed", b"\n" + FINE),
    refused("before: carriage return", b"\r" + FINE),
    refused("before: blank and empty line", b" \r\n" + FINE),
    refused("before: NUL", b"\0" + FINE),
    refused("before: byte order mark", b"\xef\xbb\xbf" + FINE),
    refused("before: rest of a body", BODY + FINE),
    taken("behind: one empty line", FINE + b"\r\n"),
    Case("behind: two empty lines", FINE + b"\r\n\r\n", ((200, None), (400, "bad_request")), False),
    Case("behind: rest of a body", FINE + b"x", ((200, None), (501, "not_implemented")), False),
    Case("behind: another request", FINE + FINE, ((200, None), (200, None)), True),
]
