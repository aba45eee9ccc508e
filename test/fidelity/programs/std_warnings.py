# warnings: shown once a place, filters, as errors, from the right line.
import sys
import warnings


def old():
    warnings.warn("old() is old", DeprecationWarning, stacklevel=2)


def odd(n):
    warnings.warn(f"odd {n}")


for _ in range(3):
    old()
    odd(1)
odd(2)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old()
    old()
    print([(str(w.message), w.category.__name__, w.lineno) for w in caught])
warnings.warn_explicit("explicit", UserWarning, "other.py", 7)
print(eval("1 is 1"), "\d", sys.warnoptions)
warnings.simplefilter("error")
old()
