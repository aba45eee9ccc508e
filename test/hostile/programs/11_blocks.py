# attack: blocks in blocks
# expect: status=error exit=1 stderr~Error
exec("".join(" " * n + "if 1:\n" for n in range(200)) + " " * 200 + "pass")
