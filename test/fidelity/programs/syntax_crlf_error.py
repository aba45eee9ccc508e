# Windows line ends, and an error after them.
print("one")
x = (1,
     2
y = 3
