# The last line has no newline, and is a comment in a block.
for n in range(2):
    print(n)
    # the end