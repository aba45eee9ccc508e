# attack: an exception with a message of megabytes
# expect: status=output limit=output truncated=stderr
raise ValueError("x" * 5_000_000)
