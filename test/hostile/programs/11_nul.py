# attack: a NUL in the source
# expect: http=400
# expect: status=error stderr~null
# request: {"code": "print('a\u0000b')"}
pass
