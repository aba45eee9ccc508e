# A block is expected.
for n in range(3):
print(n)
