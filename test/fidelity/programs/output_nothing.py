# Prints nothing at all.
value = 1
