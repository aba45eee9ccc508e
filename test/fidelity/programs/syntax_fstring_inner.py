# Errors in f-strings and their nesting.
x = f"{a b}"
