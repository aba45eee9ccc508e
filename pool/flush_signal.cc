#include "pool/flush_signal.h"

#include <signal.h>
#include <unistd.h>

#include "pool/protocol.h"
#include "pool/python.h"

namespace playground::pool {
namespace {

// A failing flush is given up quietly: the signal may have come within a print (RuntimeError:
// reentrant call), the stream may be closed, or be anything that the program has put there.
void flush_if_possible(const char* name) {
  PyObject* const file = PySys_GetObject(name);
  if (file == nullptr || file == Py_None) return;
  const Ref kept = Ref::borrow(file);
  const Ref done(PyObject_CallMethod(file, "flush", nullptr));
  if (!done) PyErr_Clear();
}

// Called by the interpreter as signal handler, in the main thread, between two instructions or when
// a blocking call was interrupted. Ends as the signal would have without a handler.
PyObject* flush_and_end(PyObject* /*self*/, PyObject* /*args*/) {
  flush_if_possible("stdout");
  flush_if_possible("stderr");
  ::signal(protocol::kFlushSignal, SIG_DFL);
  ::kill(::getpid(), protocol::kFlushSignal);
  ::_exit(128 + protocol::kFlushSignal);
}

PyMethodDef handler = {"flush_and_end", flush_and_end, METH_VARARGS, nullptr};

}  // namespace

bool install_flush_handler() {
  PyObject* const signal = loaded_module("_signal");
  if (signal == nullptr) {
    PyErr_SetString(PyExc_ImportError, "_signal is not loaded");
    return false;
  }
  const Ref function(PyCFunction_NewEx(&handler, nullptr, nullptr));
  if (!function) return false;
  return static_cast<bool>(
      Ref(PyObject_CallMethod(signal, "signal", "iO", protocol::kFlushSignal, function.get())));
}

}  // namespace playground::pool
