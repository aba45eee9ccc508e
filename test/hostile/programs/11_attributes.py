# attack: a chain of a hundred thousand calls
# expect: status=error exit=1 stderr~Error
# expect: status=signal signal=SIGSEGV
# expect: status=memory limit=memory
eval("x" + ".a()" * 100_000)
