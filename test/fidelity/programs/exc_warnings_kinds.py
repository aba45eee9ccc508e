# Warnings: by category, once and always, as errors, with source, from the compiler and from C.
import sys
import warnings


def old():
    warnings.warn("old is old", DeprecationWarning, stacklevel=2)


for _ in range(2):
    old()
    warnings.warn("said once from here")
warnings.warn("user", UserWarning)
warnings.warn("future", FutureWarning)
warnings.warn("pending", PendingDeprecationWarning)
warnings.warn("resource", ResourceWarning)
warnings.warn_explicit("explicit", UserWarning, "some_file.py", 77)
warnings.warn_explicit("in this file", UserWarning, __file__, 10)
eval("1 is 1")
eval(r"'\d'")
exec("assert (1, 'always true')")
b"x" == "x"
print(sorted(key[0] if isinstance(key, tuple) else key for key in __warningregistry__ if key != "version"))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old()
    old()
print([(str(one.message), one.category.__name__, one.lineno) for one in caught])
warnings.formatwarning = lambda message, category, *rest, **more: f"{category.__name__}! {message}\n"
warnings.warn("formatted")
warnings.showwarning = lambda *seen, **more: print("shown", seen[0])
warnings.warn("shown")
warnings.simplefilter("error", UserWarning)
open("main.py")
warnings.warn("raised")
