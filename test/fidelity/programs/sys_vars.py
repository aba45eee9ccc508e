# All names of sys, with the type of each, and the values of those that are plain.
import sys

names = sorted(vars(sys))
print(names)
for name in names:
    value = getattr(sys, name)
    if name in ("argv", "base_exec_prefix", "base_prefix", "exec_prefix", "prefix", "executable", "_base_executable", "_framework", "_git", "version", "orig_argv", "_home", "_stdlib_dir"):
        print(name, value)
    else:
        print(name, type(value).__name__)
print(hasattr(sys, "ps1"), hasattr(sys, "last_type"), hasattr(sys, "tracebacklimit"), hasattr(sys, "__interactivehook__"))
