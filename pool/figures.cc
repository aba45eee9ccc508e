#include "pool/figures.h"

#include <limits.h>
#include <unistd.h>

#include "pool/figures_source.h"
#include "pool/kept_modules.h"
#include "pool/protocol.h"
#include "pool/python.h"

namespace playground::pool {
namespace {

PyObject* g_code = nullptr;  // figures.py

}  // namespace

bool prepare_figures() {
  g_code = Py_CompileString(kFiguresSource, "<playground figures>", Py_file_input);
  return g_code != nullptr;
}

bool keep_figures() {
  expect_own_finder();
  char folder[PATH_MAX];
  if (::getcwd(folder, sizeof folder) == nullptr) {
    PyErr_SetFromErrno(PyExc_OSError);
    return false;
  }
  const Ref base(PyUnicode_DecodeFSDefault(folder));
  const Ref path(base ? PyUnicode_FromFormat("%U/%s", base.get(), protocol::kFiguresFolder)
                      : nullptr);
  const Ref names(PyDict_New());
  if (!path || !names) return false;
  if (PyDict_SetItemString(names.get(), "__builtins__", PyEval_GetBuiltins()) != 0) return false;
  if (!Ref(PyEval_EvalCode(g_code, names.get(), names.get()))) return false;
  PyObject* const keep = PyDict_GetItemString(names.get(), "keep_figures");
  return keep != nullptr &&
         static_cast<bool>(Ref(PyObject_CallFunctionObjArgs(keep, path.get(), nullptr)));
}

}  // namespace playground::pool
