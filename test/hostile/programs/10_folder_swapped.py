# attack: its folder is moved away and a link put in its place
# expect: status=ok stdout=contained
# needs: landlock
import os
here = os.getcwd()
for name in ("moved", "../moved"):
    try:
        os.rename(here, os.path.join(os.path.dirname(here), name))
        print("ESCAPED: moved its folder")
    except OSError:
        pass
try:
    os.rmdir(here)
except OSError:
    pass
try:
    os.symlink("/etc", here)
    print("ESCAPED: replaced its folder")
except OSError:
    pass
print("contained")
