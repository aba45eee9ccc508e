# attack: a coding line that isn't true
# expect: status=ok|error stdout=contained
# expect: status=error stderr~SyntaxError
# request: {"code": "# coding: utf-7\nprint('contained') #+AAoAcA-\n"}
pass
