# Runs once in the zygote, before any program: modules of the standard library are imported and taken out of
# sys.modules again. kept_modules.cc hands them over when a program imports them.

NAMES = """
argparse array base64 bisect calendar cmath collections collections.abc contextlib copy csv dataclasses datetime decimal
difflib enum fractions functools heapq inspect itertools json keyword math numbers operator pathlib pprint random re
reprlib statistics string struct textwrap timeit traceback types typing unittest warnings weakref _strptime
"""


def keep_modules():
    """Imports modules and leaves no trace of it: not in sys.modules, in no module that was there before, in no list of
    handlers. One that can't be imported is left out, and all are where something changes that nobody knows.

    Returns, by the name of each module that has come, a tuple of
    the module;
    imports: the names that come into sys.modules when it is imported, in that order, its own among them;
    settings: (dictionary, key, value), whatever else its own import changes;
    calls: what has to be called in the process that imports it.
    """
    import builtins
    import posix
    import sys

    modules, cache, os = sys.modules, sys.path_importer_cache, sys.modules['os']
    namespaces = {name: (vars(module), dict(vars(module))) for name, module in modules.items() if hasattr(module, '__dict__')}
    before, cached = dict(modules), dict(cache)
    original_import, original_register = builtins.__import__, posix.register_at_fork
    requests = {}  # by the name of a module: what its own execution imports, in that order
    looked_for = set()  # what was not there when it was imported
    calls = {}

    def executing(frame):
        """The name of the module whose execution has led to that frame; one written in C has no frame of its own."""
        while frame is not None:
            spec = frame.f_globals.get('__spec__')
            if frame.f_code.co_name == '<module>' and getattr(spec, '_initializing', False):
                return spec.name
            if frame.f_code is noting_import.__code__:
                return frame.f_locals['name']
            frame = frame.f_back

    def noting_import(name, globals=None, locals=None, fromlist=(), level=0):
        importer = executing(sys._getframe(1))
        if level > 0:
            package = globals['__package__'].rsplit('.', level - 1)[0]
            name = package + '.' + name if name else package
        noted = requests.setdefault(importer, [])
        noted.append(name)
        if name not in modules:
            looked_for.add(name)
        module = original_import(name, globals, locals, fromlist)
        noted.extend(name + '.' + attribute for attribute in fromlist or ())
        return module

    def noting_register(**handlers):
        calls.setdefault(executing(sys._getframe(1)), []).append(lambda: original_register(**handlers))

    def differs(one, other):
        """Whether a program could tell: time.tzset(), which _strptime calls, makes the same names anew."""
        plain = type(one) is type(other) and type(one) in (int, float, str, tuple)
        return one is not other and not (plain and repr(one) == repr(other))

    def take_back(come):
        """What else has changed, by the module whose import did that."""
        settings = {}

        def note(name, dictionary, key):
            if name not in come:
                raise ImportError('%r has changed' % name)
            settings.setdefault(name, []).append((dictionary, key, dictionary[key]))

        for name, (namespace, old) in namespaces.items():
            for key in [key for key in namespace if key not in old or differs(namespace[key], old[key])]:
                of_importlib = name in ('_frozen_importlib', '_frozen_importlib_external')
                note('importlib' if of_importlib else name + '.' + key, namespace, key)
                if key in old:
                    namespace[key] = old[key]
                else:
                    del namespace[key]
        for folder in [folder for folder in cache if folder not in cached]:
            packages = [name for name, module in come.items() if folder in getattr(module, '__path__', ())]
            if packages:
                note(packages[0], cache, folder)
            del cache[folder]
        return settings

    def set_children_apart(come, imports, settings):
        """A package has the modules in it as attributes only once they are imported."""
        for name, module in come.items():
            parent, _, child = name.rpartition('.')
            if parent in come and name not in imports[parent] and vars(come[parent]).get(child) is module:
                settings.setdefault(name, []).append((vars(come[parent]), child, module))
                delattr(come[parent], child)

    def place_aliases(come):
        """What a module puts into sys.modules itself comes with it, before what it imports next."""
        place = {name: index for index, name in enumerate(come)}
        for name in come:
            parent = name.rpartition('.')[0]
            own_name = getattr(getattr(come[name], '__spec__', None), 'name', None)
            if parent in come and own_name != name and name not in looked_for:
                own = requests.setdefault(parent, [])
                later = (index for index, other in enumerate(own) if place.get(other, -1) > place[name])
                own.insert(next(later, len(own)), name)

    def imports_of(name, come):
        met, found = set(), []

        def visit(name):
            if '.' in name:
                visit(name.rpartition('.')[0])
            if name in come and name not in met:
                met.add(name)
                for other in requests.get(name, ()):
                    visit(other)
                found.append(name)

        visit(name)
        return tuple(found)

    builtins.__import__ = noting_import
    os.register_at_fork = posix.register_at_fork = noting_register
    try:
        for name in NAMES.split():
            try:
                noting_import(name)
            except ImportError:
                pass
    finally:
        builtins.__import__ = original_import
        os.register_at_fork = posix.register_at_fork = original_register
        come = {name: module for name, module in modules.items() if name not in before}
        for name in come:
            del modules[name]
        settings = take_back(come)

    if 'random' in come:
        calls.setdefault('random', []).append(come['random'].seed)
    place_aliases(come)
    imports = {name: imports_of(name, come) for name in come}
    set_children_apart(come, imports, settings)
    return {name: (module, imports[name], tuple(settings.get(name, ())), tuple(calls.get(name, ())))
            for name, module in come.items()}
