# Strings: methods, searching, splitting, alignment, translation, comparison.
s = "The Quick brown fox"
print(s.swapcase(), s.title(), s.find("q"), s.index("Q"), s.count("o"), s.replace("o", "0", 1), s.split(), s.rsplit(" ", 1), s.partition(" "))
print("a,b,,c".split(","), " x y ".split(), "".split(), "".split(","), "-".join("abc"), "abc".center(9, "*"), "5".zfill(3), "-5".zfill(4), "\t|".expandtabs(4))
print("abc" < "abd", "Z" < "a", "a" * 3, "abc"[::-1], "é" in "café", "x".isidentifier(), "AbC".casefold(), "prefix-x".removeprefix("prefix-"), "a\nb\r\nc".splitlines(True))
print("hello".translate(str.maketrans("el", "ip", "o")), "%-5s|%5s" % ("ab", "cd"), "{:>{w}}".format("x", w=4), "{!r}".format("q"), ord("€"), chr(8364), "ab".encode().hex())
print("it's", 'say "hi"', "both ' and \"", repr("both ' and \""), "tab\\t", "multi"
      "part", """three
lines
here""")
print("abc".startswith(("x", "a")), "1½".isnumeric(), "1.5".isdigit(), "١".isdecimal(), " ".isspace(), "Title Case".istitle())
"abc".index("z")
