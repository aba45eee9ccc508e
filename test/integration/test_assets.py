"""The page and its files on their way to a browser: not sent twice, compressed for who takes it, safe to show."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest

from support.client import Client, Reply
from support.playground import Playground

# Those whose names stay; what the page itself is made of is found by name in it.
FILES = ["/static/embed.js", "/static/licences.txt"]
PACKED = [*FILES, "/openapi.json"]


@pytest.fixture
def ui(playground: Playground) -> Iterator[Client]:
    with Client(playground.ui) as opened:
        yield opened


def ask(client: Client, path: str, method: str = "GET", **headers: str) -> Reply:
    """Header names with "_" for "-"."""
    return client.request(method, path, None, {name.replace("_", "-"): value for name, value in headers.items()})


# Entity tags


@pytest.mark.parametrize("path", ["/", *FILES, "/openapi.json"])
def test_client_that_has_it_is_not_sent_it_again(ui, path):
    first = ask(ui, path)
    tag = first.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-z-]+"', tag)
    assert first.headers["Cache-Control"] == "no-cache"
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = ask(ui, path, If_None_Match=known)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag), known
        assert "Content-Type" not in again.headers and "Content-Length" not in again.headers
        for name in ("Cache-Control", "Vary", "Content-Security-Policy"):
            assert again.headers[name] == first.headers[name]
    for other in ('"other"', tag.strip('"'), ""):
        assert ask(ui, path, If_None_Match=other).body == first.body, other


def test_tag_is_the_same_in_another_process(ui):
    with Playground("ui") as other, Client(other.ui) as second:
        for path in ("/", *FILES, "/openapi.json"):
            assert ask(second, path).headers["ETag"] == ask(ui, path).headers["ETag"]


def test_page_with_outputs_is_nobodys_to_keep(ui):
    reply = ui.post_form("/", {"code": "print(1)"})
    assert (reply.status, reply.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in reply.headers


# Compression


@pytest.mark.parametrize("path", PACKED)
def test_gzip_is_sent_to_those_who_prefer_it(ui, path):
    plain = ask(ui, path)
    assert plain.headers["Vary"] == "Accept-Encoding" and "Content-Encoding" not in plain.headers
    packed = ask(ui, path, Accept_Encoding="br;q=0.5, gzip;q=0.8")
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body)
    # No date in it: the same files make the same bytes.
    assert packed.body[4:8] == bytes(4)
    refused = ask(ui, path, Accept_Encoding="gzip;q=0, identity")
    assert refused.body == plain.body


def test_each_form_has_its_own_tag(ui):
    plain, packed = ask(ui, FILES[0]), ask(ui, FILES[0], Accept_Encoding="gzip")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert ask(ui, FILES[0], If_None_Match=plain.headers["ETag"], Accept_Encoding="gzip").status == 200
    assert ask(ui, FILES[0], If_None_Match=packed.headers["ETag"], Accept_Encoding="gzip").status == 304


@pytest.mark.parametrize("path", ["/", *FILES, "/openapi.json"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_head_tells_the_same_without_the_body(ui, path, coding):
    whole, head = ask(ui, path, Accept_Encoding=coding), ask(ui, path, "HEAD", Accept_Encoding=coding)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))
    for name in ("ETag", "Content-Type", "Content-Encoding", "Cache-Control", "Vary"):
        assert head.headers[name] == whole.headers[name]
    assert ask(ui, path, "HEAD", If_None_Match=whole.headers["ETag"], Accept_Encoding=coding).status == 304


# What the page is made of


@pytest.fixture
def parts(ui) -> list[str]:
    """The files that the page names."""
    found = re.findall(r'"(/static/[^"]+)"', ask(ui, "/").text())
    assert len(found) >= 4
    return found


def test_parts_have_names_of_their_content_and_are_kept_for_a_year(ui, parts):
    hashed = [path for path in parts if path not in FILES]
    assert {re.sub(r"-[A-Z0-9]{8}\.", ".", path) for path in hashed} == {
        "/static/app.js", "/static/editor.js", "/static/style.css", "/static/favicon.svg"}
    for path in hashed:
        reply = ask(ui, path)
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert ask(ui, path, If_None_Match=reply.headers["ETag"]).status == 304
        assert directives(reply)["default-src"] == "'none'"


def test_brotli_is_sent_to_those_who_take_it(ui, parts):
    for path in [*parts, "/static/embed.js"]:
        plain, gzipped = ask(ui, path), ask(ui, path, Accept_Encoding="gzip")
        packed = ask(ui, path, Accept_Encoding="gzip, deflate, br")
        assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("br", "Accept-Encoding")
        assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
        assert len(packed.body) < len(gzipped.body)
        assert len({reply.headers["ETag"] for reply in (plain, gzipped, packed)}) == (3 if "Content-Encoding" in gzipped.headers else 2)


def test_first_load_is_below_200_kb_for_any_browser(ui, parts):
    total = sum(len(ask(ui, path, Accept_Encoding="gzip").body) for path in ["/", *set(parts)])
    assert 50_000 < total < 200_000


def test_everything_is_ours(ui, parts):
    for path in ["/", *parts]:
        assert not re.search(rb'(src|href)="?(https?:)?//', ask(ui, path).body), path


# What a browser may do


def directives(reply: Reply) -> dict[str, str]:
    policy = reply.headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_page_may_load_its_own_files_and_nothing_else(ui):
    for reply in (ask(ui, "/"), ui.post_form("/", {"code": "print(1)"}), ui.post_form("/", {})):
        assert directives(reply) == {
            "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' blob:",
            "connect-src": "'self'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'"}
        assert reply.headers["Referrer-Policy"] == "same-origin"
        assert reply.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_page_has_nothing_inline(ui):
    page = ask(ui, "/").text()
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.S) == [""]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


@pytest.mark.parametrize("path", FILES)
def test_file_that_is_opened_by_itself_may_do_nothing(ui, path):
    assert directives(ask(ui, path)) == {
        "default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'"}


# In a frame


def test_page_may_be_framed_by_nobody_but_embedded_by_its_own_site(ui):
    assert directives(ask(ui, "/"))["frame-ancestors"] == "'none'"
    embedded = ask(ui, "/?embed=1")
    assert directives(embedded)["frame-ancestors"] == "'self'"
    assert 'data-view="embedded"' in embedded.text() and 'data-view="first"' in ask(ui, "/").text()
    assert embedded.headers["ETag"] != ask(ui, "/").headers["ETag"]
    for query in ("?embed=0", "?embed", "?x&embed=1"):
        assert directives(ask(ui, f"/{query}"))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("origins, sources", [
    ("https://teach.example,http://127.0.0.2:8000", "'self' https://teach.example http://127.0.0.2:8000"), ("*", "'self' *")])
def test_sites_that_may_call_us_may_embed_the_page(origins, sources):
    with Playground("ui", environment={"PLAYGROUND_CORS_ORIGINS": origins}) as server, Client(server.ui) as client:
        assert directives(ask(client, "/?embed=1"))["frame-ancestors"] == sources
        assert directives(ask(client, "/"))["frame-ancestors"] == "'none'"
        assert directives(client.post_form("/?embed=1", {"code": "pass"}))["frame-ancestors"] == "'none'"
