# attack: a pickle that calls the system
# expect: status=ok stdout=contained
# use: helpers
import os, pickle
class Call:
    def __reduce__(self):
        return os.system, ("echo ESCAPED: a shell",)
if pickle.loads(pickle.dumps(Call())) == 0:
    escaped("a shell")
contained()
