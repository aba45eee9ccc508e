# A colon is missing.
print("not printed")
if True
    print("never")
