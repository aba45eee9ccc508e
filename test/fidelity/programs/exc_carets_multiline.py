# Carets under expressions of several lines, of wide characters, in nested calls and after tabs.
import traceback


def show(function):
    try:
        function()
    except Exception:
        traceback.print_exc()


def wide():
    größe = {"日本": 1}
    return größe["日本"] + größe["中国語"]["深"] + 1


def several():
    return (
        1
        + len(5)
        + 2
    )


def calls():
    return max(
        [1, 2],
        key=lambda value: value.missing,
    )


def tabs():
	x = None
	return	x.a	+ 1


def chain():
    a = {"b": [{"c": None}]}
    return a["b"][0]["c"]["d"]["e"]


def augmented():
    total = 1
    total += "x"; print(total)


def comparison():
    return 1 < 2 < "3" < 4


def unpack():
    a, (b, c) = 1, (2, 3, 4)


def long_line():
    return "a" * 200 + "b" * 200 + ("c" * 200 + "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd" + 1 / 0)


for function in (wide, several, calls, tabs, chain, augmented, comparison, unpack, long_line):
    show(function)
for delimiter in ("é",):
    raise ValueError(delimiter) if delimiter.isascii() else KeyError(delimiter + "ö")
