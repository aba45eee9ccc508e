# unicodedata and codecs.
import codecs
import unicodedata

for form in ("NFC", "NFD", "NFKC", "NFKD"):
    print(form, ascii(unicodedata.normalize(form, "é ﬁ ½ Å")))
print(unicodedata.name("ß"), unicodedata.category("€"), unicodedata.numeric("⅞"), unicodedata.lookup("GREEK SMALL LETTER ALPHA"), unicodedata.east_asian_width("漢"))
print(codecs.encode("hello", "rot13"), "münchen.de".encode("idna"), "bücher".encode("punycode"), codecs.BOM_UTF8)
decoder = codecs.getincrementaldecoder("utf-8")()
print([decoder.decode(bytes([byte])) for byte in "é😀".encode()])
for bad in (lambda: b"\xff".decode(), lambda: "é".encode("ascii"), lambda: "x".encode("nonsense"), lambda: b"\xd8\x00".decode("utf-16-be")):
    try:
        bad()
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, error)
