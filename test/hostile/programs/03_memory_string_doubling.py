# attack: a text that doubles
# expect: status=memory limit=memory
# expect: status=error stderr~MemoryError
text = "x"
while True:
    text += text
