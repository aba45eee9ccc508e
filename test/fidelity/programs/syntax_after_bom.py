# A byte order mark before an error.
print("é")
if True
    pass
