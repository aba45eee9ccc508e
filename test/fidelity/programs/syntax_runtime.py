# eval, exec and ast at run time: errors in made-up files.
exec("x = 1\nprint(x + 1)")
print(eval("x * 10", {"x": 3}))
code = compile("def f():\n    return undefined_name\nf()", "made-up.py", "exec")
try:
    exec(code)
except NameError as error:
    print(error, error.__traceback__.tb_next.tb_next.tb_frame.f_code.co_filename)
exec("def g():\n  raise ValueError('in exec')\ng()")
