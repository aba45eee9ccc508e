# doctest.testmod on the program itself, verbose, with failures.
"""
>>> square(3)
9
>>> print(__name__)
__main__
"""
import doctest


def square(x):
    """
    >>> square(2)
    4
    >>> square("x")
    Traceback (most recent call last):
    TypeError: can't multiply sequence by non-int of type 'str'
    >>> square(1.5)  # doctest: +ELLIPSIS
    2...
    >>> square(4)
    15
    """
    return x * x


print(doctest.testmod(verbose=True))
print(doctest.testmod())
raise SystemExit(doctest.testmod().failed)
