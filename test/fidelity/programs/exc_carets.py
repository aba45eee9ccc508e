# Where in the line it went wrong: carets under calls, operators, subscripts; wide characters before.
import traceback

data = {"a": {"b": [1, 2, None]}}


def attempt(function):
    try:
        function()
    except Exception:
        traceback.print_exc()


attempt(lambda: data["a"]["b"][2]["c"] + data["x"])
attempt(lambda: (1 + 2) * (3 / 0) + len([4]))
attempt(lambda: data["a"].missing.more)
attempt(lambda: "日本語" + str(1) + None)
attempt(lambda: max(1, 2, *[3], key=lambda n: n.nope))


def spread():
    return (data["a"]
            ["b"]
            [7]
            + 1)


attempt(spread)
print(data["a"]["b"][1] + data["a"]["b"][2] * 2)
