import numpy
print("hello")
