# The last line has no newline.
print("one")
print("two", end="")
