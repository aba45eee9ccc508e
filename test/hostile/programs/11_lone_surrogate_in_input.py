# attack: half a character in stdin
# expect: http=400
# request: {"stdin": "\udc00"}
print("ESCAPED: was run")
