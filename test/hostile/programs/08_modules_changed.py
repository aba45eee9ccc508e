# attack: changes what every program uses
# expect: status=ok stdout=contained
# use: helpers
# repeat: 3
import builtins, encodings.utf_8, io, json, os, sys
for module in (builtins, io, json, os, sys, encodings.utf_8):
    if hasattr(module, "left_for_the_next"):
        escaped("found in " + module.__name__)
    module.left_for_the_next = True
sys.path.append("/left")
os.environ["LEFT"] = "x"
sys.modules["left"] = sys
contained()
