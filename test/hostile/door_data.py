"""Group 12: what is in a request or a reply: other origins, markup, paths, bytes."""

from __future__ import annotations

from door import JSON, Door, body_of, case, refused, statuses, talk
from support.client import EVAL_PATH, PYTHON_PATH, Client


@case
def invalid_utf8(door: Door) -> None:
    for raw in (b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\x80"):
        refused(door.backend, EVAL_PATH, b'{"code": "' + raw + b'"}', 400)
        refused(door.ui, PYTHON_PATH, b'{"code": "' + raw + b'"}', 400)


@case
def form_of_parts_without_end(door: Door) -> None:
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(20_000))
    with Client(door.ui) as client:
        reply = client.post(PYTHON_PATH, parts, "multipart/form-data; boundary=x")
    assert 400 <= reply.status < 500, reply.status


@case
def page_of_another_origin(door: Door) -> None:
    """A browser asks first before it posts JSON; the answer must not allow it. Nor may a reply be read there."""
    with Client(door.backend) as client:
        origin = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        for method, body in (("OPTIONS", None), ("POST", body_of("print(1)"))):
            reply = client.request(method, EVAL_PATH, body, origin | {"Content-Type": JSON})
            assert reply.headers["Access-Control-Allow-Origin"] is None, reply.headers.items()


@case
def form_of_another_origin_can_not_reach_the_backend(door: Door) -> None:
    """Only what a page can't send without asking (JSON) is evaluated by the backend."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        refused(door.backend, EVAL_PATH, body_of("print('posted')"), 415, kind=kind)


@case
def markup_and_escapes_stay_data(door: Door) -> None:
    """Output is data in JSON: what a browser or a terminal would act upon is neither lost nor sent as anything else."""
    text = "</script><script>alert(1)</script><!-- \x1b]0;title\x07\x1b[2J \u2028 \x00 \x7f"
    for address, path in door.both():
        with Client(address) as client:
            reply = client.post_json(path, {"code": f"print({text!r}, end='')"})
        assert reply.headers["Content-Type"] == JSON and reply.json()["stdout"] == text
        assert reply.headers["X-Content-Type-Options"] in (None, "nosniff")
        assert not any(byte < 32 for byte in reply.body.strip()), "a control character goes unescaped"


@case
def headers_can_not_be_split(door: Door) -> None:
    """A name from the request never becomes a header line of the reply."""
    for address, _ in door.both():
        received = talk(address, b"GET /x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n")
        assert statuses(received) == [404] and b"\nSet-Cookie" not in received, received[:300]


@case
def folders_above_the_page(door: Door) -> None:
    for target in ("/../../../../etc/passwd", "/static/../../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd",
                   "/static/..%2f..%2fetc/passwd", "/static/\\..\\..\\etc\\passwd"):
        received = talk(door.ui, f"GET {target} HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n".encode())
        assert b"root:" not in received and statuses(received)[0] in (400, 404), (target, received[:300])


@case
def admin_pages_are_not_for_everyone(door: Door) -> None:
    for address, _ in door.both():
        with Client(address) as client:
            assert client.get("/metrics").status == client.get("/debug/state").status == 404
