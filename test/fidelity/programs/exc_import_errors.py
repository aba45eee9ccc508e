# Modules that are not there, names that are not in them, relative imports of a main program.
for statement in ("import nothing_of_this_name", "from json import lode", "import json.nothing", "from . import sibling", "import os.path.x"):
    try:
        exec(statement)
    except ImportError as error:
        print(type(error).__name__, str(error).split(" (")[0], error.name)
import another_missing_module
