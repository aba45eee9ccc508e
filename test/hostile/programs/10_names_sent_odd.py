# attack: a file of the request with a NUL in its name
# expect: http=400
# request: {"files": [{"path": "a\u0000b", "content": "x"}]}
# needs: files
print("ESCAPED: was run")
