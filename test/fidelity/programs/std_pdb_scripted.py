# pdb and breakpoint(): commands from stdin, at its end BdbQuit.
# stdin: "p value\nn\nw\nl 1, 5\nargs\np value + 1\nc\n"
value = 41


def work(argument):
    inner = argument * 2
    breakpoint()
    inner += 1
    return inner


print(work(value))
breakpoint()
print("not reached")
