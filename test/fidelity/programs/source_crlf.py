# Lines end with CRLF.
text = """one
two"""
print(repr(text), len(open(__file__, "rb").read().splitlines()))
if text:
    print("block")

raise ValueError(
    "on two lines")
