"""Figures: `plots`, with matplotlib imported by the program and, as in the images, preloaded."""

from __future__ import annotations

import base64
import importlib.util
import json
import struct
from collections.abc import Iterator

import pytest

from support.client import Client
from support.playground import Playground

if importlib.util.find_spec("matplotlib") is None:
    pytest.skip("matplotlib is not installed", allow_module_level=True)

# The first import builds a cache of fonts, which takes seconds.
OPTIONS = {"PLAYGROUND_POOL_SIZE": "2", "PLAYGROUND_TIMEOUT_MS": "60000", "PLAYGROUND_MEMORY_MB": "512"}
KINDS = {"imported": {}, "preloaded": {"PLAYGROUND_PRELOAD": "matplotlib.pyplot"},
         "preloaded, T0": {"PLAYGROUND_PRELOAD": "matplotlib.pyplot", "PLAYGROUND_SANDBOX_MAX": "T0"}}


@pytest.fixture(scope="module", params=KINDS)
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    with Playground("backend", environment=OPTIONS | KINDS[request.param]) as server, Client(server.backend) as opened:
        yield opened


def run(client: Client, code: str, **fields: object) -> dict:
    return client.evaluate("import matplotlib.pyplot as plt\n" + code, **({"plots": True} | fields))


def sizes(reply: dict) -> list[tuple[str, int, int]]:
    """Name, width and height of each figure."""
    figures = []
    for plot in reply["plots"]:
        assert set(plot) == {"name", "mime", "content"} and plot["mime"] == "image/png"
        content = base64.b64decode(plot["content"], validate=True)
        assert content[:8] == b"\x89PNG\r\n\x1a\n" and content[-8:-4] == b"IEND"
        figures.append((plot["name"], *struct.unpack(">II", content[16:24])))
    return figures


def names(reply: dict) -> list[str]:
    return [name for name, _, _ in sizes(reply)]


def test_open_figures_come_at_the_end(client):
    reply = run(client, "plt.figure(figsize=(2, 1)); plt.plot([1, 2])\nplt.figure(num='name', figsize=(1, 3), dpi=50)\nprint(1)")
    assert sizes(reply) == [("figure-1.png", 200, 100), ("figure-2.png", 50, 150)]
    assert (reply["stdout"], reply["stderr"], reply["status"]) == ("1\n", "", "ok")
    assert reply["truncated"] == {"stdout": False, "stderr": False, "plots": False}


def test_show_gives_and_closes_them(client):
    reply = run(client, "plt.figure(figsize=(1, 1)); plt.show(); print(plt.get_fignums())\n"
                        "plt.figure(figsize=(2, 2)); plt.figure(figsize=(3, 3)); plt.show(); plt.show()\n"
                        "plt.figure(figsize=(4, 4))")
    assert sizes(reply) == [(f"figure-{n}.png", 100 * n, 100 * n) for n in (1, 2, 3, 4)]
    assert (reply["stdout"], reply["stderr"]) == ("[]\n", "")


@pytest.mark.parametrize("code", [
    "plt.ion(); plt.figure(); plt.show(); plt.show()", "plt.figure(); plt.show(block=False)",
    "import matplotlib; matplotlib.use('Agg'); plt.figure(); plt.show()", "from pylab import *\nfigure(); show()",
    "import os; os.mkdir('d'); os.chdir('d'); plt.figure(); plt.show()", "plt.savefig('a.png'); plt.savefig('b.svg')",
    "plt.figure(); raise SystemExit(0)", "fig, axes = plt.subplots(2, 2); fig.suptitle('x')",
    "import atexit; atexit.register(plt.figure)",
    "import threading; plt.figure(); t = threading.Thread(target=plt.show); t.start(); t.join()",
])
def test_each_figure_comes_once(client, code):
    reply = run(client, code)
    assert (names(reply), reply["stderr"], reply["status"]) == (["figure-1.png"], "", "ok")


@pytest.mark.parametrize("code", [
    "pass", "plt.figure(); plt.close()", "from matplotlib.figure import Figure; Figure().subplots().plot([1])",
    "plt.figure(); import os, sys; sys.stdout.flush(); os._exit(0)",
])
def test_what_is_not_open_does_not_come(client, code):
    reply = run(client, code)
    assert (reply["plots"], reply["status"]) == ([], "ok")


@pytest.mark.parametrize("end, status, count", [
    ("1 / 0", "error", 2), ("import os; os.abort()", "signal", 1), ("while True: pass", "timeout", 1),
])
def test_what_was_shown_comes_however_the_program_ends(client, end, status, count):
    reply = run(client, f"plt.figure(); plt.show(); plt.figure()\n{end}", timeout_ms=20_000 if status != "timeout" else 5000)
    assert (reply["status"], len(reply["plots"])) == (status, count), reply["stderr"]


def test_a_figure_that_cannot_be_drawn_is_told_and_hides_nothing(client):
    reply = run(client, "plt.title('$\\\\frac{$'); plt.show()\nplt.figure(); print('done'); raise SystemExit(3)")
    assert names(reply) == ["figure-2.png"]
    assert (reply["stdout"], reply["exit_code"]) == ("done\n", 3)
    assert reply["stderr"].startswith("figure-1.png: ValueError: "), reply


def test_figures_are_no_files(client):
    reply = run(client, "plt.plot([1]); plt.savefig('own.png'); plt.show()", files_out=["**", ".*/*"])
    assert [file["path"] for file in reply["files"] if not file["path"].startswith((".cache", ".config"))] == ["own.png"]
    assert names(reply) == ["figure-1.png"]


def test_what_pandas_draws_comes(client):
    if importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed")
    assert names(run(client, "import pandas\npandas.DataFrame({'a': [1, 2]}).plot()")) == ["figure-1.png"]


def test_without_plots_it_is_matplotlibs_own_show(client):
    code = "import os\nplt.plot([1]); plt.show(); print(plt.show.__module__, os.listdir('.'), plt.get_fignums())"
    reply = run(client, code, plots=False)
    assert "plots" not in reply and "plots" not in reply["truncated"]
    assert reply["stdout"].startswith("matplotlib.pyplot [") and reply["stdout"].endswith(" [1]\n"), reply
    assert ".playground-figures" not in reply["stdout"]


def test_a_program_without_figures_sees_nothing_of_it(client):
    code = "import os, sys\nprint(os.listdir('.'), sorted(sys.modules), len(sys.path), sys.argv, dir())"
    with_plots, without = (client.evaluate(code, plots=plots) for plots in (True, False))
    assert with_plots["stdout"] == without["stdout"] and with_plots["plots"] == []


def test_what_does_not_fit_is_told(client):
    code = "import os\nos.makedirs('.playground-figures')\nfor n in 1, 2: open('.playground-figures/figure-%d.png' % n, 'wb').write(" \
           "b'\\x89PNG\\r\\n\\x1a\\n' + bytes(5 << 20))"
    reply = client.evaluate(code, plots=True)
    assert [plot["name"] for plot in reply["plots"]] == ["figure-1.png"]
    assert reply["truncated"]["plots"] is True
    assert len(json.dumps(reply)) < 12 << 20
