// Some modules write when they are imported (matplotlib keeps a configuration and a list of fonts
// in its user's home), and fail where they can't. A worker has its own folder for that, as HOME and
// TMPDIR; the zygote has this one.
#include "pool/import_home.h"

namespace playground::pool {
namespace {

// os.environ; borrowed, null when there is none.
PyObject* environ() {
  PyObject* const os = loaded_module("os");
  const Ref found(os != nullptr ? PyObject_GetAttrString(os, "environ") : nullptr);
  PyErr_Clear();
  return found.get();  // the module holds it
}

void set(PyObject* environment, const char* name, const char* value) {
  const Ref key(PyUnicode_FromString(name));
  const Ref text(PyUnicode_DecodeFSDefault(value));
  if (!key || !text || PyObject_SetItem(environment, key.get(), text.get()) != 0) PyErr_Clear();
}

// All callbacks that are a call of this function, whatever its arguments.
void withdraw_callbacks(const char* module_name, const char* function_name) {
  PyObject* const atexit = loaded_module("atexit");
  PyObject* const module = loaded_module(module_name);
  if (atexit == nullptr || module == nullptr) return;
  const Ref function(PyObject_GetAttrString(module, function_name));
  const Ref done(function ? PyObject_CallMethod(atexit, "unregister", "O", function.get())
                          : nullptr);
  PyErr_Clear();
}

}  // namespace

Ref lend_home(const char* home) {
  PyObject* const environment = environ();
  Ref before(environment != nullptr ? PyObject_CallMethod(environment, "copy", nullptr) : nullptr);
  PyErr_Clear();
  if (before && *home != '\0') {
    set(environment, "HOME", home);
    set(environment, "TMPDIR", home);
  }
  return before;
}

void take_home_back(const Ref& environment) {
  PyObject* const now = environ();
  if (now != nullptr && environment) {
    const Ref cleared(PyObject_CallMethod(now, "clear", nullptr));
    const Ref restored(PyObject_CallMethod(now, "update", "O", environment.get()));
    PyErr_Clear();
  }
  withdraw_callbacks("shutil", "rmtree");
  for (const char* name : {"remove", "unlink", "rmdir"}) withdraw_callbacks("os", name);
}

}  // namespace playground::pool
