# attack: half a character
# expect: http=400
# request: {"code": "print('\ud800')"}
pass
