# A byte order mark stands before everything.
print("é", open(__file__, "rb").read(3), __doc__)
1 / 0
