# Identifiers, literals and escapes beyond ASCII; normalised names.
naïve = "ünïcödé"
π = 3.14159
ﬁn = "ligature"  # the name is normalised to "fin"
名前 = {"キー": "値"}
print(naïve, π, fin, 名前["キー"], "\N{SNOWMAN}\u00e9\U0001F40D\x41", "e\u0301" == "é", len("👨‍👩‍👧"))
print(ascii("é😀\n"), repr("\u200b\xa0\ud800"), "straße".casefold(), "ŉ".upper(), "Ǆ".title())
print(sorted(name for name in globals() if not name.isascii()), "fin" in globals())
print(r"\N{raw}\u0041", b"\xc3\xa9".decode(), "naïve".encode("ascii", "xmlcharrefreplace"), "π".encode("utf-16-be").hex())
print("ТЕСТ".lower(), "١٢٣".isdigit(), int("١٢٣"), "Ⅷ".isnumeric(), "\u2028a\x0bb\x1cc".splitlines())


def größe(länge: float = π) -> str:
    raise ValueError(f"größe {länge:.2f} passt nicht")


größe()
