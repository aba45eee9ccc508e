# `PYTHON -c THIS path/of/playground_pool.abi3.so` is the zygote. The module is loaded by hand, without
# an entry in sys.modules. serve() becomes the exception hook, which the interpreter calls from C once
# this text has failed: on the main thread's own state, with no Python frame below it. So the programs
# of the workers, which serve() runs in forked copies of this process, are as much the outermost frame as
# under `python3 main.py`.


def start(sys):
    loader = sys.modules['_frozen_importlib_external']
    imp = sys.modules['_imp']
    spec = loader.spec_from_file_location('playground_pool', sys.argv[1])
    module = imp.create_dynamic(spec)
    imp.exec_dynamic(module)
    del sys.path[0]  # the server's own working directory is nothing to import from
    sys.excepthook = module.serve
    del globals()['start']
    raise SystemError('serve')


start(__import__('sys'))
