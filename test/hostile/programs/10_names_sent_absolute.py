# attack: a file of the request at an absolute place
# expect: http=400
# request: {"files": [{"path": "/tmp/planted.txt", "content": "x"}]}
# needs: files
print("ESCAPED: was run")
