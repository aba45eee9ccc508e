"""What the benches of the ui as a router share: a network of namespaces, a cluster in it, load, faults."""

import sys
from pathlib import Path

# support.playground and support.client; kernel (unshare, setns, mount).
_TEST = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_TEST), str(_TEST / "hostile")]
