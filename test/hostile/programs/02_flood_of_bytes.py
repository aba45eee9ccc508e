# attack: bytes that are not UTF-8, each of which is three in the reply
# expect: status=output limit=output truncated=stdout
import os
while True:
    os.write(1, b"\xff\x80\xed\xa0\x80" * 10_000)
