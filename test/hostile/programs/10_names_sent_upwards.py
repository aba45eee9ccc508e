# attack: a file of the request above its folder
# expect: http=400
# request: {"files": [{"path": "../planted.txt", "content": "x"}]}
# needs: files
print("ESCAPED: was run")
