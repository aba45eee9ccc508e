# Without sys.excepthook the exception is still told.
import sys

del sys.excepthook
raise LookupError("nobody hooks")
