# attack: nothing at all
# expect: status=ok exit=0
# request: {"code": ""}
pass
