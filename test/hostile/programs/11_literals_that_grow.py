# attack: constants that the compiler folds
# expect: status=ok stdout=contained
# expect: status=error stderr~Error
# expect: status=memory limit=memory
x = ((((("a" * 4096) * 4096), ("b" * 4000) * 4000), "c" * 10000000),) * 2
print("contained")
