# logging: to stderr by default, handlers, formats, an exception's traceback.
import logging
import sys

logging.warning("before any set-up")
logging.getLogger("quiet").info("not shown")
log = logging.getLogger("app.db")
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(levelname)-8s %(name)s:%(lineno)d %(funcName)s: %(message)s"))
log.addHandler(handler)
log.setLevel(logging.DEBUG)
log.propagate = False


def work():
    log.debug("value %05.1f of %s", 3.14159, {"a": 1})
    try:
        {}["missing"]
    except KeyError:
        log.exception("failed")


work()
log.error("bad arguments: %d", "not a number")
print(log, logging.getLevelName(35), log.getEffectiveLevel())
logging.critical("the end")
