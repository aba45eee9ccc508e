# attack: leaves modules where the next interpreter might import them
# expect: status=ok stdout=contained
# use: helpers
# repeat: 2
import os, site, sys
if "usercustomize" in sys.modules or "sitecustomize" in sys.modules and "planted" in dir(sys.modules["sitecustomize"]):
    escaped("imported what was planted")
for folder in (site.getusersitepackages(), os.path.expanduser("~/.local/lib/python3.11/site-packages"), "."):
    try:
        os.makedirs(folder, exist_ok=True)
        for name in ("usercustomize", "sitecustomize", "encodings", "json"):
            with open(os.path.join(folder, name + ".py"), "w") as file:
                file.write("planted = True\nprint('ESCAPED: planted module')\n")
    except OSError:
        pass
contained()
