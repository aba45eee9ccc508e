# The messages of many syntax errors, from compile().
for source in ("None = 1", "f() = 2", "x + 1 = 2", "def f(a, a): pass", "lambda: (yield) = 1", "return 5", "break", "x = 08", "1abc", "del f()", "f(**{}, *[])", "async def f(): await", "print 'x'", "f'{a b}'", "x = = 2", "import a.b as", "class C: nonlocal x", "'\\N{nope}'", "a, b += 1", "try: pass"):
    try:
        compile(source, "<given>", "exec")
    except SyntaxError as error:
        print(f"{source!r}: {type(error).__name__}: {error.msg} ({error.lineno}, {error.offset}, {error.end_offset})")
compile("if True:\n    x = 1\n  y = 2\n", "<given>", "exec")
