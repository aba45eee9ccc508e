# attack: small objects without end
# expect: status=memory limit=memory
# expect: status=error stderr~MemoryError
hoard = []
while True:
    hoard.append([len(hoard)])
