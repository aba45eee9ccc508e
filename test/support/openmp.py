"""A library that computes in an OpenMP team, built here, and a Python module that uses it."""

from __future__ import annotations

import subprocess
from pathlib import Path

MODULE = "team"
THREADS = 3

_LIBRARY = f"""
#include <omp.h>
extern "C" int most_threads() {{
  int most = 0;
#pragma omp parallel num_threads({THREADS}) reduction(max : most)
  most = omp_get_thread_num() + 1;
  return most;
}}
"""
_MODULE = """
import ctypes, os
library = ctypes.CDLL(os.path.join(os.path.dirname(__file__), 'libteam.so'))
seen = library.most_threads()
"""


def install(folder: Path) -> None:
    """Puts the module MODULE into `folder`: `seen` is how many threads it had when it was imported, library.most_threads()
    how many it has now; they stay as long as the process. Raises CalledProcessError without a compiler for OpenMP."""
    subprocess.run(["g++", "-fopenmp", "-shared", "-fPIC", "-x", "c++", "-", "-o", folder / "libteam.so"],
                   input=_LIBRARY.encode(), check=True, timeout=60)
    (folder / f"{MODULE}.py").write_text(_MODULE)
