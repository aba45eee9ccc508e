# code.InteractiveConsole, codeop and displayhook, fed by a list.
import code
import codeop
import sys

lines = iter(["1 + 1", "def f():", "    return 'made'", "", "f()", "1 / 0", "if:", "_", "raise SystemExit(5)", "'after'"])


class Console(code.InteractiveConsole):
    def raw_input(self, prompt=""):
        try:
            line = next(lines)
        except StopIteration:
            raise EOFError
        print(prompt + line)
        return line


print(codeop.compile_command("if 1:"), codeop.compile_command("1") is not None)
try:
    Console({"__name__": "__console__"}).interact(banner="banner", exitmsg="bye")
except SystemExit as error:
    print("exit", error.code)
print(code.InteractiveInterpreter({"x": 5}).runsource("print(x)"))
sys.ps1 = "custom> "
Console().interact(exitmsg="")
