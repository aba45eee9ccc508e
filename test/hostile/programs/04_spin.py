# attack: spins
# expect: status=timeout limit=wall
# request: {"timeout_ms": 300}
while True: pass
