# attack: folders in folders, deeper than any path can be
# expect: status=ok stdout=contained
# expect: status=disk limit=disk
# expect: status=error
# expect: status=timeout limit=cpu
import os
for _ in range(3000):
    os.mkdir("d" * 50)
    os.chdir("d" * 50)
print("contained")
