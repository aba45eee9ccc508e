# An unexpected indent.
print("not printed")
def function():
    x = 1
      y = 2
    return x + y
