# Backslashes, implicit joins, semicolons, a comment at the very end.
total = 1 + \
    2 + \
    3
text = ("a"
        'b' """c
d""")
x = 1; y = 2; print(x, y, total, text)
if x: print("one line")
class A: pass; b = 5
print(A.b, [
    n  # a comment inside
    for n in range(3)
])
# The end, without a newline.