# attack: an expression whose tree is too deep for the compiler
# expect: status=error exit=1 stderr~Error
# expect: status=signal signal=SIGSEGV
eval("-" * 200_000 + "1")
