# logging.shutdown flushes and closes handlers; contextvars; an open file that was not flushed.
import contextvars
import logging
import logging.handlers
import sys

variable = contextvars.ContextVar("variable", default=0)
context = contextvars.copy_context()
print(context.run(lambda: (variable.set(5), variable.get())[1]), variable.get(), len(context))


class Loud(logging.StreamHandler):
    def flush(self):
        sys.stdout.write("flush\n")
        super().flush()

    def close(self):
        sys.stdout.write("close\n")
        super().close()


logging.basicConfig(level=logging.INFO, handlers=[Loud(sys.stdout)], format="%(levelname)s %(name)s %(funcName)s %(lineno)d %(message)s")
memory = logging.handlers.MemoryHandler(10, target=logging.getLogger().handlers[0])
logging.getLogger("kept").addHandler(memory)
logging.getLogger("kept").propagate = False
logging.getLogger("kept").warning("in memory until the end")
logging.info("at once")
logging.getLogger("x").error("%d too many", "arguments")
print("done")
