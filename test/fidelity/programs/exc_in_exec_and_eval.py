# Errors in code without a file: exec, eval, compile with a name, with a wrong name, in lambdas.
import traceback


def show(function):
    try:
        function()
    except Exception:
        traceback.print_exc()


show(lambda: exec("a = 1\nb = a / 0\n"))
show(lambda: eval("[1, 2][5]"))
show(lambda: exec(compile("x = 1\nraise KeyError('named')\n", "<made up>", "exec")))
show(lambda: exec(compile("def f():\n    1 / 0\nf()\n", __file__, "exec")))
show(lambda: exec("def f(:\n"))
show(lambda: eval("1 +"))
show(lambda: compile("x = \n", "main.py", "single"))
show(lambda: exec("import missing_module_of_mine"))
show(lambda: exec(compile("\n" * 100 + "1 / 0", "/nowhere/else.py", "exec")))
exec("def outside():\n    return undefined_name\n")
outside()
