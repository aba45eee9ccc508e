# attack: a byte order mark, form feeds, odd line ends, another direction
# expect: status=ok stdout=contained
# request: {"code": "\ufeff\f\r\nif 1:\r\f\tprint('contained') # \u202e\u2066\r"}
pass
