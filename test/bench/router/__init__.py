"""What the benches of the ui as a router share: a network of namespaces, a cluster in it, load, faults."""

import sys
from pathlib import Path

# support.playground and support.client; kernel (unshare, setns, mount).
_TEST = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(_TEST))
sys.path.append(str(_TEST / "hostile"))  # last: it has modules with names of the bench's
