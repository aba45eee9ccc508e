# attack: lets the interpreter show lines of a foreign file in a traceback
# expect: status=error exit=1
# needs: landlock
exec(compile("raise ValueError", "/tmp/canary", "exec"))
