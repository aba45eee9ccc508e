# Notes on an exception, of several lines, and odd ones.
error = ValueError("base")
error.add_note("first note")
error.add_note("second\nof two lines")
try:
    error.add_note(5)
except TypeError as refused:
    print(refused)
print(error.__notes__)
try:
    raise error
except ValueError as caught:
    caught.__notes__.append("ünïcode note")
    raise
