#include "pool/random_states.h"

#include "pool/python.h"

namespace playground::pool {
namespace {

// A class, and the method of its objects that, called without arguments, seeds them from the
// kernel. A BitGenerator has none but its constructor, which may be called again.
struct Kind {
  const char* module;
  const char* type;
  const char* renew;
};

constexpr Kind kKinds[] = {
    {"random", "Random", "seed"},
    {"numpy.random", "RandomState", "seed"},
    {"numpy.random", "BitGenerator", "__init__"},
};

PyObject* g_renewals = nullptr;  // bound methods; null when there are none

void find_those_of(const Kind& kind, PyObject* objects) {
  PyObject* const module = loaded_module(kind.module);
  const Ref type(module != nullptr ? PyObject_GetAttrString(module, kind.type) : nullptr);
  const bool there = type && PyType_Check(type.get());
  const Py_ssize_t count = there ? PyList_Size(objects) : 0;
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* const object = PyList_GetItem(objects, i);
    // The object's own type: __class__, which isinstance() asks too, may be anything's property.
    if (!PyType_IsSubtype(Py_TYPE(object), reinterpret_cast<PyTypeObject*>(type.get()))) continue;
    const Ref renewal(PyObject_GetAttrString(object, kind.renew));
    if (g_renewals == nullptr) g_renewals = PyList_New(0);
    if (renewal && g_renewals != nullptr) PyList_Append(g_renewals, renewal.get());
  }
  PyErr_Clear();
}

}  // namespace

void find_random_states() {
  if (loaded_module("random") == nullptr && loaded_module("numpy.random") == nullptr) return;
  const Ref gc = import_unseen("gc");
  const Ref objects(gc ? PyObject_CallMethod(gc.get(), "get_objects", nullptr) : nullptr);
  PyErr_Clear();
  if (!objects) return;
  for (const Kind& kind : kKinds) find_those_of(kind, objects.get());
}

// One that a module has made in a way of its own may refuse: that is no reason to be without all.
void renew_random_states() {
  const Py_ssize_t count = g_renewals != nullptr ? PyList_Size(g_renewals) : 0;
  for (Py_ssize_t i = 0; i < count; ++i) {
    const Ref done(PyObject_CallObject(PyList_GetItem(g_renewals, i), nullptr));
    PyErr_Clear();
  }
}

}  // namespace playground::pool
