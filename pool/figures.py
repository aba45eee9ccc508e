# Runs in a worker, before a program whose request asks for its figures. There is no display: what would
# appear in a window is written to a folder instead, from where the server takes it when the program has
# ended. Nothing is imported for it; it waits until the program imports pyplot.


def keep_figures(folder):
    """From now on each figure that pyplot shows, and at the end each that is still open, is FOLDER/figure-N.png."""
    import os
    import sys

    NAME = 'matplotlib.pyplot'
    path_finder = sys.modules['_frozen_importlib_external'].PathFinder
    count = 0

    def write(figure):
        # Under another name until it is whole: the program may be killed at any time.
        nonlocal count
        count += 1
        path = os.path.join(folder, 'figure-%d.png' % count)
        try:
            os.makedirs(folder, exist_ok=True)
            with open(path + '.part', 'wb') as file:
                figure.savefig(file, format='png')
            os.replace(path + '.part', path)
        except Exception as error:  # is told, and is nothing to the program
            print('figure-%d.png: %s: %s' % (count, type(error).__name__, error), file=sys.__stderr__)

    def write_open(pyplot):
        for number in pyplot.get_fignums():
            figure = pyplot.figure(number)
            write(figure)
            pyplot.close(figure)

    def take_over(pyplot):
        import atexit

        def show(block=None, *args, **kwargs):
            """Display all open figures: here, in the reply. Those of a show that does not block stay open."""
            if block or (block is None and not pyplot.isinteractive()):
                write_open(pyplot)

        pyplot.show = show
        # Runs before pyplot's own, which closes all figures: it was registered earlier.
        atexit.register(write_open, pyplot)

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name != NAME:
                return None
            spec = path_finder.find_spec(name, path, target)
            if spec is not None and hasattr(spec.loader, 'exec_module'):
                spec.loader.exec_module = and_take_over(spec.loader.exec_module)
            return spec

    def and_take_over(execute):
        def exec_module(module):
            execute(module)
            sys.meta_path.remove(Finder)
            take_over(module)

        return exec_module

    if NAME in sys.modules:
        take_over(sys.modules[NAME])
    else:
        sys.meta_path.insert(0, Finder)
