# attack: an integer that one instruction computes for minutes
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
x = 3 ** (10 ** 8)
