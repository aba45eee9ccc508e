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
  const Ref keep = path ? defined_by(g_code, "keep_figures") : Ref();
  return keep && Ref(PyObject_CallFunctionObjArgs(keep.get(), path.get(), nullptr));
}

}  // namespace playground::pool
