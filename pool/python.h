// Python.h, which has to come before every standard header, and ownership of its references. Only
// the limited API is used, so that one module serves every CPython from 3.9 on.
#pragma once

#ifndef PY_SSIZE_T_CLEAN
#define PY_SSIZE_T_CLEAN
#endif
#include <Python.h>

#include <cstring>
#include <utility>

namespace playground::pool {

// Owns one reference, or none.
class Ref {
 public:
  Ref() = default;
  explicit Ref(PyObject* owned) : object_(owned) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref&& other) noexcept {
    PyObject* const old = std::exchange(object_, std::exchange(other.object_, nullptr));
    Py_XDECREF(old);
    return *this;
  }
  ~Ref() { Py_XDECREF(object_); }

  static Ref borrow(PyObject* borrowed) {
    Py_XINCREF(borrowed);
    return Ref(borrowed);
  }

  PyObject* get() const { return object_; }
  PyObject* release() { return std::exchange(object_, nullptr); }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  PyObject* object_ = nullptr;
};

// start.a.b of "a.b", `start` itself of null; nothing, with an exception, where one is not there,
// and without one where `start` is null.
inline Ref follow(PyObject* start, const char* path) {
  Ref object = Ref::borrow(start);
  while (object && path != nullptr) {
    const char* const dot = std::strchr(path, '.');
    const Ref name(dot != nullptr ? PyUnicode_FromStringAndSize(path, dot - path)
                                  : PyUnicode_FromString(path));
    object = Ref(name ? PyObject_GetAttr(object.get(), name.get()) : nullptr);
    path = dot != nullptr ? dot + 1 : nullptr;
  }
  return object;
}

// The entry of sys.modules, or nothing, without an exception and without importing. Borrowed.
inline PyObject* loaded_module(const char* name) {
  return PyDict_GetItemString(PyImport_GetModuleDict(), name);
}

// The function of that name that Python text of ours, compiled, defines in a namespace of its own;
// null with an exception.
inline Ref defined_by(PyObject* code, const char* function) {
  const Ref names(code != nullptr ? PyDict_New() : nullptr);
  if (!names || PyDict_SetItemString(names.get(), "__builtins__", PyEval_GetBuiltins()) != 0) {
    return Ref();
  }
  if (!Ref(PyEval_EvalCode(code, names.get(), names.get()))) return Ref();
  return Ref::borrow(PyDict_GetItemString(names.get(), function));
}

// The module, imported without showing in sys.modules unless it was there; null with an exception.
inline Ref import_unseen(const char* name) {
  const bool was_loaded = loaded_module(name) != nullptr;
  Ref module(PyImport_ImportModule(name));
  if (!was_loaded && module) PyDict_DelItemString(PyImport_GetModuleDict(), name);
  return module;
}

}  // namespace playground::pool
