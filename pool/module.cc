// playground_pool: the native module that turns a plain CPython into the zygote of the worker pool.
// bootstrap.py loads it and makes serve() the exception hook; see there for the reason.
#include "pool/python.h"
#include "pool/zygote.h"

namespace {

// sys.excepthook(type, value, traceback): called once, from C, when the bootstrap has ended. Never
// returns.
PyObject* serve(PyObject* /*module*/, PyObject* /*args*/) {
  playground::pool::run_zygote();
}

PyMethodDef methods[] = {{"serve", serve, METH_VARARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};

// Initialised in two phases, because such a module gets no entry in sys.modules on its own.
PyModuleDef_Slot slots[] = {{0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "playground_pool",
                          nullptr,
                          0,
                          methods,
                          slots,
                          nullptr,
                          nullptr,
                          nullptr};

}  // namespace

extern "C" __attribute__((visibility("default"))) PyObject* PyInit_playground_pool() {
  return PyModuleDef_Init(&definition);
}
