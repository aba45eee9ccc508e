# attack: a way out in the middle of a path
# expect: http=400
# request: {"files": [{"path": "a/../../planted.txt", "content": "x"}]}
# needs: files
print("ESCAPED: was run")
