# attack: prints bytes that are not UTF-8
# expect: status=ok stdout=��contained
import os
os.write(1, b"\xff\xfe" + b"contained\n")
