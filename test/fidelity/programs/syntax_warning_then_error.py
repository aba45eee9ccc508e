# A warning of the compiler, and then an error of it.
x = "\d" is 5
assert (1, "true")
break
