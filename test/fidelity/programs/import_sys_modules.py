# sys.modules in order, the paths, what is builtin, frozen, or from a file: no trace of a runner.
import sys

print(list(sys.modules))
for name, module in list(sys.modules.items()):
    print(name, getattr(module, "__name__", None), type(getattr(module, "__loader__", None)).__name__, getattr(getattr(module, "__spec__", None), "origin", "none") if name != "__main__" else "")
print([path.replace(sys.path[0], "HERE") for path in sys.path])
print([path.replace(sys.path[0], "HERE") for path in sys.path_importer_cache])
print([str(hook).split(" at ")[0] for hook in sys.path_hooks], [getattr(finder, "__name__", type(finder).__name__) for finder in sys.meta_path])
print([name for name in sys.builtin_module_names if name not in sys.modules][:5], len(sys.builtin_module_names))
