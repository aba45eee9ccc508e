# attack: keys that all have one hash
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
m = (1 << 61) - 1
table = {n * m: n for n in range(100_000)}
