"""No two readers of the same bytes may see different requests: our ui and our backend, and nginx and our ui."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from batch import exchange_all, split_replies
from nginx_front import needed
from recorder import Recorder
from smuggling import NAME, samples
from support.nginx import Nginx
from support.playground import Playground

SEED = 9112
COUNT = 10_000
EVAL_PATH = b"/py/eval"
PYTHON_PATH = b"/python?"  # of the same length

# A request that is taken for unfinished ends its connection by these; they must outlast the reading of one that is whole.
DEADLINES = {"PLAYGROUND_HEAD_TIMEOUT_MS": "500", "PLAYGROUND_BODY_TIMEOUT_MS": "500"}
PROXY = """\
  client_header_timeout 500ms;
  client_body_timeout 500ms;
  keepalive_timeout 1s;
  upstream next { server BACKEND; keepalive 64; }
  server {
    listen 127.0.0.1:{port} backlog=1024;
    location / {
      proxy_pass http://next;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_next_upstream off;
    }
  }
"""

# What a reader made of one conversation: the name of each body that came whole, "other" for a body that is none of the
# sample's, and the status of each refusal, in order.
Seen = list[str | int]


@contextmanager
def ui_before(recorder: Recorder) -> Iterator[str]:
    """The address of a ui whose only backend is the recorder."""
    environment = DEADLINES | {"PLAYGROUND_BACKENDS": f"recorder=http://{recorder.address}"}
    with Playground("ui", environment=environment) as server:
        yield str(server.ui)


def ask_all(address: str, path: bytes) -> list[Seen]:
    """Each sample's outcome at a server."""
    seen: list[Seen] = [[] for _ in range(COUNT)]
    for number, received in exchange_all(address, samples(SEED, COUNT, path)):
        seen[number] = [word for status, body in split_replies(received) if (word := _word(status, body)) != 100]
    return seen


def _word(status: int, body: bytes) -> str | int:
    """What one reply says: of the recorder, which sends the body back, or of a backend, which names what is wrong in it."""
    if status == 200:
        return _name_in(body)
    error = json.loads(body).get("error", {}) if body.startswith(b"{") else {}
    if status == 400 and error and error["code"] != "bad_request":
        return _name_in(b'{"%s": 1}' % error.get("field", "").encode())
    return status


def _name_in(body: bytes) -> str:
    """The name in a sample's body; "other" where it is none, or nothing but a part."""
    try:
        names = [*json.loads(body)]
    except (ValueError, TypeError):
        return "other"
    return names[0] if len(names) == 1 and NAME.fullmatch(names[0]) else "other"


def assert_recorded(recorder: Recorder, seen: list[Seen]) -> None:
    """What reached the recorder is what clients were answered for, each as often, and nothing else."""
    assert recorder.faults == []
    came = Counter(map(_name_in, recorder.bodies))
    told = Counter(word for words in seen for word in words if isinstance(word, str))
    assert came == told


def test_ui_and_backend_see_the_same_requests():
    with Playground("backend", environment=DEADLINES) as server:
        direct = ask_all(str(server.backend), EVAL_PATH)
    with Recorder() as recorder, ui_before(recorder) as front:
        through = ask_all(front, PYTHON_PATH)
        assert_recorded(recorder, through)
    differing = {number: (through[number], direct[number]) for number in range(COUNT) if through[number] != direct[number]}
    assert differing == {}
    accepted = sum(f"s{number:07d}" in direct[number] for number in range(COUNT))
    assert COUNT / 20 < accepted < COUNT / 2, "the samples are all good or all bad"


@needed
def test_ui_behind_nginx_sees_nothing_that_nginx_did_not_send():
    with ExitStack() as stack:
        recorders = [stack.enter_context(Recorder()) for _ in range(2)]
        ui = stack.enter_context(ui_before(recorders[0]))
        before_ui = stack.enter_context(Nginx(PROXY.replace("BACKEND", ui)))
        alone = stack.enter_context(Nginx(PROXY.replace("BACKEND", recorders[1].address)))
        through = ask_all(before_ui.address, PYTHON_PATH)
        sent = ask_all(alone.address, PYTHON_PATH)
        for recorder, seen in zip(recorders, (through, sent)):
            assert_recorded(recorder, seen)
    for number in range(COUNT):
        left = iter(sent[number])
        # In the order in which nginx sent them; some of them the ui refuses.
        assert all(word in left for word in through[number] if isinstance(word, str)), (through[number], sent[number])


@pytest.mark.parametrize("letter", "shm")
def test_samples_have_every_kind_of_body(letter):
    assert any(b'{"%s00' % letter.encode() in sample for sample in samples(SEED, 50, EVAL_PATH))
