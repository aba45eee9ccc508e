#include "pool/random_states.h"

#include "pool/mersenne_twister.h"
#include "pool/python.h"

namespace playground::pool {
namespace {

// A class, and the method of its objects that, called without arguments, seeds them from the
// kernel.
struct Kind {
  const char* module;
  const char* type;
  const char* renew;
};

constexpr Kind kRandom = {"random", "Random", "seed"};
// It draws from a BitGenerator.
constexpr Kind kRandomState = {"numpy.random", "RandomState", "seed"};
// It has none but its constructor, which may be called again.
constexpr Kind kBitGenerator = {"numpy.random", "BitGenerator", "__init__"};

PyObject* g_renewals = nullptr;  // a list of bound methods

// Calls `visit` with each object of that kind. What it raises counts for nothing: that a module has
// made one in a way of its own is no reason to be without all.
template <typename Visit>
void each(const Kind& kind, PyObject* objects, Visit visit) {
  const Ref type = follow(loaded_module(kind.module), kind.type);
  const bool there = type && PyType_Check(type.get());
  for (Py_ssize_t i = 0; there && i < PyList_Size(objects); ++i) {
    PyObject* const object = PyList_GetItem(objects, i);
    // The object's own type: __class__, which isinstance() asks too, may be anything's property.
    auto* const wanted = reinterpret_cast<PyTypeObject*>(type.get());
    if (PyType_IsSubtype(Py_TYPE(object), wanted)) visit(object, wanted);
    PyErr_Clear();
  }
  PyErr_Clear();
}

// Some keep the second of a pair of normal deviates, which a new seed makes them forget.
void forget_deviates(const Kind& kind, PyObject* objects) {
  each(kind, objects, [&](PyObject* object, PyTypeObject*) {
    Ref(PyObject_CallMethod(object, kind.renew, nullptr));
  });
}

void note(PyObject* renewal) {
  const Ref owned(renewal);
  if (owned) PyList_Append(g_renewals, renewal);
}

// With nothing to forget, the method in C is enough that random.Random's, in Python, is built on. A
// SystemRandom has no state.
void note_randoms(PyObject* objects) {
  const Ref system = follow(loaded_module("random"), "SystemRandom");
  each(kRandom, objects, [&](PyObject* object, PyTypeObject* type) {
    PyTypeObject* const own = Py_TYPE(object);
    if (reinterpret_cast<PyObject*>(own) == system.get()) return;
    auto* const super = reinterpret_cast<PyObject*>(&PySuper_Type);
    const Ref from(own == type ? PyObject_CallFunctionObjArgs(super, type, object, nullptr)
                               : Ref::borrow(object).release());
    if (from) note(PyObject_GetAttrString(from.get(), kRandom.renew));
  });
}

void note_generators(PyObject* objects, PyObject* but_for) {
  each(kBitGenerator, objects, [but_for](PyObject* object, PyTypeObject*) {
    if (object != but_for) note(PyObject_GetAttrString(object, kBitGenerator.renew));
  });
}

}  // namespace

bool find_random_states() {
  if (loaded_module("random") == nullptr && loaded_module("numpy.random") == nullptr) return true;
  const Ref gc = import_unseen("gc");
  const Ref objects(gc ? PyObject_CallMethod(gc.get(), "get_objects", nullptr) : nullptr);
  g_renewals = objects ? PyList_New(0) : nullptr;
  if (g_renewals == nullptr) return false;
  forget_deviates(kRandom, objects.get());
  forget_deviates(kRandomState, objects.get());
  note_randoms(objects.get());
  note_generators(objects.get(), find_twister());
  return true;
}

void renew_random_states() {
  renew_twister();
  const Py_ssize_t count = g_renewals != nullptr ? PyList_Size(g_renewals) : 0;
  for (Py_ssize_t i = 0; i < count; ++i) {
    Ref(PyObject_CallObject(PyList_GetItem(g_renewals, i), nullptr));
    PyErr_Clear();
  }
}

}  // namespace playground::pool
