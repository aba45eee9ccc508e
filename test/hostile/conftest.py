"""Makes this folder's modules importable by its tests, whoever collects them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
