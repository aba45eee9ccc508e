# doctest: examples that hold, and one that does not.
import doctest
import sys


def double(n):
    """Twice `n`.

    >>> double(2)
    4
    >>> double("ab")
    'abab'
    >>> double(None)
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    >>> double(3)
    7
    """
    return n * 2


def dots():
    """
    >>> list(range(20))  # doctest: +ELLIPSIS
    [0, 1, ..., 18, 19]
    """


if __name__ == "__main__":
    results = doctest.testmod()
    print(results)
    sys.exit(min(results.failed, 1))
