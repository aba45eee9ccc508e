# attack: literal_eval, which is said to be safe
# expect: status=error exit=1 stderr~Error
# expect: status=signal signal=SIGSEGV
import ast
ast.literal_eval("[" * 100_000 + "]" * 100_000)
