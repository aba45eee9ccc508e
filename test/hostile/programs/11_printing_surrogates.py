# attack: prints what UTF-8 has no bytes for
# expect: status=error exit=1 stderr~UnicodeEncodeError
print("\ud800")
