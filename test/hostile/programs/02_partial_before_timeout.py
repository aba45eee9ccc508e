# attack: prints without a flush, then hangs: what it printed must not be lost
# expect: status=timeout limit=wall stdout=partial
# request: {"timeout_ms": 300}
print("partial")
while True:
    pass
