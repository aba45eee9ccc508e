# attack: breaks what a runner would use after it
# expect: status=ok|error limit=none
import builtins, io, json, os, sys
for module in (json, io, os):
    for name in list(vars(module)):
        if not name.startswith("__"):
            try:
                setattr(module, name, None)
            except Exception:
                pass
sys.stdout = sys.stderr = sys.stdin = None
for name in list(vars(builtins)):
    if not name.startswith("__"):
        delattr(builtins, name)
