# attack: nested deeper than a parser's stack
# expect: status=error exit=1 stderr~Error
# expect: status=signal signal=SIGSEGV
exec("(" * 100_000 + ")" * 100_000)
