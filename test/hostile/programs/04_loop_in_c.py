# attack: a loop inside one call
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
import itertools
sum(itertools.repeat(1))
