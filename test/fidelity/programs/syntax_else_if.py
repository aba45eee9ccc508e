# A colon is missing and the block follows; an else without if.
for x in range(3):
    pass
else if x:
    pass
