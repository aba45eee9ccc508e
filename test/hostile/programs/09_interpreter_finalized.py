# attack: ends the interpreter from inside and comes back
# expect: status=signal|error|ok
# request: {"timeout_ms": 2000}
import ctypes
ctypes.pythonapi.Py_FinalizeEx()
