# An error within an f-string.
name = "x"
print(f"hello {name!z}")
