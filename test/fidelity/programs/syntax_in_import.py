# A syntax error in an imported module of one's own.
with open("broken.py", "w") as file:
    file.write("def f(:\n    pass\n")
print("written")
try:
    import broken
except SyntaxError as error:
    print(error.lineno, error.text)
    error.filename = "broken.py"
    raise
