# A deprecation within __main__ is shown by default, one in a module is not; a coroutine never awaited.
import warnings

with open("library.py", "w") as file:
    file.write("import warnings\ndef old():\n    warnings.warn('of the library', DeprecationWarning)\ndef caller():\n    warnings.warn('of its caller', DeprecationWarning, stacklevel=2)\n")
import library

library.old()
library.caller()


async def never():
    pass


never()
invalid = "\d"
print(warnings.onceregistry, invalid, 5 is 5)
import imp

print(imp.__name__)
