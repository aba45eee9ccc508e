"""The documents at /openapi.json say what the server does: every route, status and error code, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

import openapi_probes as probes
from openapi_document import Document, Seen
from support.client import Client
from support.playground import Playground

SOURCE = Path(__file__).resolve().parents[2] / "src" / "app"
ROLES = ("ui", "backend", "admin")
TOKEN = "hush"

# What can't be had of a server of this test, and why.
NOT_PROVOKED = {
    "internal": "a request that is dropped without an answer is a fault of the server",
    "no_worker": "five interpreters in a row have to die before the program's first instruction",
    "request_timeout": "the time-outs of heads and bodies are 15 s and more, and can't be set (unit tests do)",
    "plain_http": "needs a listener that speaks TLS (test_tls.py has one)",
}
# A listener that takes no body at all says 413 before it looks at anything else.
ADMIN_TAKES_NO_BODY = {"length_required", "unsupported_media_type"}


@pytest.fixture(scope="module")
def run() -> tuple[dict[str, Document], list[probes.Probe]]:
    """The documents by role, and every probe."""
    options = {"PLAYGROUND_TOKENS": TOKEN, "PLAYGROUND_ADMIN_TOKEN": TOKEN, "PLAYGROUND_CORS_ORIGINS": probes.SITE,
               "PLAYGROUND_SCRATCH_MB": "1"}
    with Playground("all", environment=options) as server:
        documents = {role: Document(getattr(server, role)) for role in ROLES}
        seen = [*probes.read_everything(server), *probes.run_everything(server, TOKEN), *probes.switch_everything(server, TOKEN),
                *probes.ask_again(server, TOKEN)]
    few = {"PLAYGROUND_UI_TOKENS": "of-header,of-form", "PLAYGROUND_RATE_LIMIT": "1/h"}
    with Playground("all", environment=few) as server:
        seen += probes.knock(server, ("of-header", "of-form"))
    small = {"PLAYGROUND_MAX_RUNNING": "1"}
    with Playground("all", environment=small | {"PLAYGROUND_QUEUE_SIZE": "0"}) as server:
        seen += probes.fill_up(server)
    with Playground("all", environment=small | {"PLAYGROUND_QUEUE_TIMEOUT_MS": "50"}) as server:
        seen += probes.fill_up(server)
    seen += probes.fail_behind_the_ui()
    with Playground("all", environment={"PLAYGROUND_DRAIN_MS": "0"}) as server:
        seen += probes.drain(server)
    seen += probes.leave_unanswered()
    return documents, seen


def checked(run: tuple[dict[str, Document], list[probes.Probe]]) -> tuple[dict[str, set[Seen]], list[str]]:
    """What each role was seen to send, and what of it is not as its document says."""
    documents, all_probes = run
    seen: dict[str, set[Seen]] = {role: set() for role in ROLES}
    wrong = []
    for probe in all_probes:
        try:
            seen[probe.role].add(documents[probe.role].check(*probe[1:]))
        except (AssertionError, jsonschema.ValidationError) as error:
            what = str(error).splitlines()[0]
            wrong.append(f"{probe.role}: {probe.method} {probe.target}: {probe.status}: {what}: {probe.body[:200]!r}")
    return seen, wrong


def test_every_reply_is_as_the_document_says(run):
    _, wrong = checked(run)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_every_response_of_the_document_was_seen(run, role):
    document, seen = run[0][role], checked(run)[0][role]
    sent = {(path, method, status) for path, method, status, _ in seen}
    missing = [(path, method, status) for path, method, operation in document.operations()
               for status in operation["responses"]
               if int(status) < 400 and (path, method, status) not in sent]
    assert not missing


@pytest.mark.parametrize("role", ROLES)
def test_every_code_of_the_document_was_seen(run, role):
    document, seen = run[0][role], checked(run)[0][role]
    operations = len(list(document.operations()))
    named = document.codes()
    codes = {code for _, _, _, code in named}
    # What every operation may answer was provoked of one; a page shows no code, but its status.
    everywhere = {code for code in codes if sum(entry.code == code for entry in named) == operations}
    provoked = {entry.code for entry in seen}
    pages = {(entry.path, entry.method, entry.status) for entry in seen if entry.code == ""}
    excused = set(NOT_PROVOKED) | (ADMIN_TAKES_NO_BODY if role == "admin" else set())
    missing = sorted(entry for entry in named if entry.code not in excused and entry not in seen
                     and not (entry.code in everywhere and entry.code in provoked)
                     and (entry.path, entry.method, entry.status) not in pages)
    assert not missing, missing


def test_what_is_excused_is_named_and_was_not_seen(run):
    named = {entry.code for role in ROLES for entry in run[0][role].codes()}
    provoked = {entry.code for role in ROLES for entry in checked(run)[0][role]}
    assert set(NOT_PROVOKED) <= named
    assert not set(NOT_PROVOKED) & provoked


def test_every_route_of_the_source_is_in_a_document(run):
    added = [call for file in sorted(SOURCE.glob("*.cc")) for call in
             re.findall(r'routes_?\.add\(\s*("[A-Z]+",\s*[^,]+),', file.read_text())]
    written_out = [call for call in added if '+' not in call and call.count('"') == 4]
    literal = {tuple(re.findall(r'"([^"]*)"', call)) for call in written_out}
    # Those that are put together as the server starts; the files of the page, and the switches.
    assert len(added) - len(written_out) == 2, added
    documented = {(method, path) for role in ROLES for path, method, _ in run[0][role].operations() if "{" not in path}
    assert literal == {(method, path) for method, path in documented if method != "OPTIONS"}


def test_allow_names_the_methods_of_the_document(run):
    documents, all_probes = run
    for probe in all_probes:
        if "Allow" not in probe.headers:
            continue
        path = documents[probe.role].path_of(probe.target)
        methods = {method.upper() for method in documents[probe.role].text["paths"][path]}
        assert set(probe.headers["Allow"].split(", ")) - {"HEAD"} == methods, probe


@pytest.mark.parametrize("role", ROLES)
def test_options_tells_the_methods_or_answers_a_browser(run, role):
    document, all_probes = run[0][role], run[1]
    told = {}
    for probe in all_probes:
        if (probe.role, probe.method, probe.status) == (role, "OPTIONS", 204):
            assert ("Allow" in probe.headers) != ("Access-Control-Allow-Methods" in probe.headers), probe
            told.setdefault(document.path_of(probe.target), []).append("Allow" in probe.headers)
    assert all(True in told.get(path, ()) for path in document.text["paths"]), told


@pytest.mark.parametrize("role", ROLES)
def test_every_header_of_the_document_was_seen(run, role):
    document, all_probes = run[0][role], run[1]
    statuses = [set(operation["responses"]) for _, _, operation in document.operations()]
    everywhere = set.intersection(*statuses)  # errors that were provoked of one operation
    named = {(path, method, name) for path, method, operation in document.operations()
             for status, response in operation["responses"].items() if status not in everywhere
             for name in response["headers"]}
    sent = {(document.path_of(probe.target), probe.method, name)
            for probe in all_probes if probe.role == role for name in probe.headers}
    assert named <= sent, named - sent


def test_every_field_of_our_own_in_a_head_is_in_a_document(run):
    ours = {name for folder in ("app", "http", "upstream") for file in sorted((SOURCE.parent / folder).glob("*.[ch]*"))
            for name in re.findall(r'"(X-[A-Za-z-]+|RateLimit-[A-Za-z-]+)"', file.read_text())}
    operations = [(document, operation) for document in run[0].values() for _, _, operation in document.operations()]
    documented = {name for _, operation in operations for response in operation["responses"].values() for name in response["headers"]}
    documented |= {document.follow(one)["name"] for document, operation in operations for one in operation["parameters"]}
    assert ours and ours <= documented, ours - documented


def test_whoever_runs_programs_for_others_can_say_for_whom(run):
    for role, path in (("ui", "/python"), ("ui", "/"), ("ui", "/py/batch"), ("backend", "/py/eval"), ("backend", "/py/batch")):
        document = run[0][role]
        names = {document.follow(one)["name"] for one in document.text["paths"][path]["post"]["parameters"]}
        assert names == {"X-Request-Id", "X-Forwarded-For"} | ({"X-Playground-Caller"} if role == "backend" else set()), path


def test_every_field_of_the_form_is_in_the_document(run):
    read = re.findall(r'(?:form_value\(\*form, |field\.name [!=]= )"(\w+)"', (SOURCE / "form_program.cc").read_text())
    assert set(read) == set(run[0]["ui"].text["components"]["schemas"]["Form"]["properties"])


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_be_refused_is_told_of_tokens(run, role):
    for path, method, operation in run[0][role].operations():
        assert ("401" in operation["responses"]) == ("security" in operation), (path, method)


@pytest.mark.parametrize("role", ROLES)
def test_a_request_id_is_taken_as_the_document_says(run, playground, role):
    pattern = run[0][role].text["components"]["parameters"]["RequestId"]["schema"]["pattern"]
    for sent in ("a", "x" * 128, "x" * 129, "two words", "!~"):
        reply = probes.ask(getattr(playground, role), role, "GET", "/healthz", X_Request_Id=sent)
        assert (reply.headers["X-Request-Id"] == sent) == bool(re.fullmatch(pattern, sent)), sent


@pytest.mark.parametrize("role", ROLES)
def test_document_is_sound(run, role):
    document = run[0][role]
    text = document.text
    assert text["openapi"].startswith("3.1.")
    for schema in text["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    references = re.findall(r"'\$ref': '([^']+)'", str(text))
    assert references and all(document.follow({"$ref": reference}) for reference in references)
    names = [operation["operationId"] for _, _, operation in document.operations()]
    assert len(names) == len(set(names)) and "'x-" not in str(text)


def test_version_is_filled_in(playground):
    for role in ROLES:
        with Client(getattr(playground, role)) as client:
            assert client.get("/openapi.json").json()["info"]["version"] == client.get("/version").json()["version"]
