"""The hostile corpus in a container of the image: on the server, the Python and the libraries that are shipped."""

from __future__ import annotations

import re
import subprocess
import sys

from podman import ROOT, SLIM, tagged

SECONDS = 900


def test_hostile_programs_are_contained() -> None:
    cmake = (ROOT / "test" / "hostile" / "CMakeLists.txt").read_text()
    have = re.search(r"^set\(have (\S+)\)$", cmake, re.MULTILINE)[1]
    siege = subprocess.run([sys.executable, ROOT / "test" / "hostile" / "run.py", "--image", tagged(SLIM), "--have", have],
                           capture_output=True, text=True, timeout=SECONDS)
    assert siege.returncode == 0, siege.stdout[-4000:] + siege.stderr[-4000:]
