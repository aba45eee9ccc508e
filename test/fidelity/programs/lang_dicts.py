# Dictionaries: order, merging, views, defaults, missing keys, changing while iterating.
d = {"z": 1, "a": 2}
d["m"] = 3
d["z"] = 9
print(d, list(d), d | {"a": 0, "q": 5}, dict(zip("ab", [1, 2])), {**d, "x": 1}, dict.fromkeys("ab", []))
print(d.keys() & {"a", "zz"}, list(reversed(d)), d.setdefault("new", []), d.pop("m"), d.popitem(), d.get("none"), ("a", 2) in d.items())
print({1: "int", 1.0: "float", True: "bool"}, {(1, 2): "t"}, len(d), {k: v for v, k in enumerate("xyz")})


class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"


print("{a} {b}".format_map(Missing(a=1)), Missing()["k"])
try:
    for key in d:
        d[key + "!"] = 0
except RuntimeError as error:
    print(error)
d["absent"]
