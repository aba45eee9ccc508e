# attack: prints for ever
# expect: status=output limit=output truncated=stdout
while True:
    print("x" * 1000)
