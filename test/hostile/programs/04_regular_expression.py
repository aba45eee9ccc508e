# attack: a regular expression that backtracks for ever
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import re
re.match(r"(a+)+$", "a" * 100 + "b")
