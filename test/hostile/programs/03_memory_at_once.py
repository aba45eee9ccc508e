# attack: ten gigabytes at once
# expect: status=error exit=1 stderr~MemoryError
' ' * 10**10
