# attack: half a character in an argument
# expect: http=400
# request: {"args": ["\udfff"]}
print("ESCAPED: was run")
