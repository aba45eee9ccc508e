// What is checked at the end of every program is looked at without writing to it, not even to a
// count of references: each page that is written to has to be copied.
#include "pool/exit_callbacks.h"

#include "pool/python.h"

namespace playground::pool {
namespace {

struct Attribute {
  const char* module;
  const char* path;
};

// Callbacks that come to nothing where what they look at is what it was in the zygote.
constexpr Attribute kHarmless[] = {
    {"logging", "shutdown"},
    {"matplotlib._pylab_helpers", "Gcf.destroy_all"},
    {"PIL._imaging", "clear_cache"},  // gives memory back
    {"concurrent.futures.thread", "_python_exit"},
};

// What they look at, and threading._shutdown() does: a list, a set or a dictionary each, that is
// the module's or belongs to an object of the module.
struct LookedAt {
  const char* module;
  const char* name;
  const char* attribute;  // null: it is the module's
};
constexpr LookedAt kLookedAt[] = {
    {"threading", "_threading_atexits", nullptr},  // callbacks of its own
    {"threading", "_shutdown_locks", nullptr},     // the main thread's, one for each to be joined
    {"logging", "_handlerList", nullptr},          // with the one that prints what no other takes
    {"matplotlib._pylab_helpers", "Gcf", "figs"},
    {"concurrent.futures.thread", "_threads_queues", "data"},
};
constexpr std::size_t kThreadingCallbacks = 0;
constexpr std::size_t kCount = sizeof kLookedAt / sizeof kLookedAt[0];

// As it was in the zygote; all references are owned.
struct Collection {
  PyObject* module_name = nullptr;
  PyObject* module = nullptr;  // null: not loaded
  PyObject* name = nullptr;
  PyObject* object = nullptr;   // of that name
  PyObject* itself = nullptr;   // the same, or its attribute
  PyObject* entries = nullptr;  // a copy, of a list
  Py_ssize_t size = 0;
};

struct Noted {
  bool harmless = false;                // all there was in the zygote
  PyObject* count_callbacks = nullptr;  // atexit._ncallbacks; null: not loaded
  long count = 0;                       // what it said
  PyObject* sentinel = nullptr;         // see keep_sentinel()
  Collection collections[kCount];
};
Noted g_noted;

PyObject* g_met = nullptr;  // borrowed: where the probe puts what it is compared with

PyObject* meet(PyObject*, PyObject* other, int) {
  return PyList_Append(g_met, other) == 0 ? PyBool_FromLong(0) : nullptr;
}

// atexit compares each callback, in their order, with what is to be unregistered, and that is how
// they can be had. The probe's type is gone afterwards: a program might list all types.
Ref list_callbacks(PyObject* atexit) {
  PyType_Slot slots[] = {{Py_tp_richcompare, reinterpret_cast<void*>(meet)}, {0, nullptr}};
  PyType_Spec spec = {"playground_pool.Probe", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, slots};
  const Ref type(PyType_FromSpec(&spec));
  const Ref probe(type ? PyObject_CallObject(type.get(), nullptr) : nullptr);
  Ref met(PyList_New(0));
  g_met = met.get();
  if (!probe || !met) return Ref();
  const Ref done(PyObject_CallMethod(atexit, "unregister", "O", probe.get()));
  return done ? std::move(met) : Ref();
}

bool is_harmless(PyObject* callback) {
  for (const Attribute& known : kHarmless) {
    const Ref function = follow(loaded_module(known.module), known.path);
    if (function && PyObject_RichCompareBool(function.get(), callback, Py_EQ) > 0) return true;
    PyErr_Clear();
  }
  return false;
}

bool all_harmless(PyObject* callbacks) {
  for (Py_ssize_t i = 0; i < PyList_Size(callbacks); ++i) {
    if (!is_harmless(PyList_GetItem(callbacks, i))) return false;
  }
  return true;
}

// One more callback, which does nothing and nobody else knows. Where atexit no longer refers to it,
// the program has cleared the callbacks, and those of now may be others, though as many.
bool keep_sentinel(PyObject* atexit) {
  const Ref nothing(PyList_New(0));
  g_noted.sentinel = nothing ? PyObject_GetAttrString(nothing.get(), "clear") : nullptr;
  if (g_noted.sentinel == nullptr) return false;
  const Ref done(PyObject_CallMethod(atexit, "register", "O", g_noted.sentinel));
  return static_cast<bool>(done);
}

// False where some may not be harmless.
bool note_callbacks() {
  PyObject* const atexit = loaded_module("atexit");
  if (atexit == nullptr) return true;
  const Ref callbacks = list_callbacks(atexit);
  if (!callbacks || !all_harmless(callbacks.get()) || !keep_sentinel(atexit)) return false;
  g_noted.count_callbacks = PyObject_GetAttrString(atexit, "_ncallbacks");
  g_noted.count = count_exit_callbacks();
  return g_noted.count_callbacks != nullptr && g_noted.count >= 0;
}

bool callbacks_are_as_noted() {
  if (g_noted.count_callbacks == nullptr) return loaded_module("atexit") == nullptr;
  constexpr Py_ssize_t kOursAndAtexits = 2;
  return count_exit_callbacks() == g_noted.count && Py_REFCNT(g_noted.sentinel) == kOursAndAtexits;
}

// -1 for what is neither.
Py_ssize_t size_of(PyObject* collection) {
  if (PyList_CheckExact(collection)) return PyList_Size(collection);
  if (PyDict_Check(collection)) return PyDict_Size(collection);
  return PyAnySet_CheckExact(collection) ? PySet_Size(collection) : -1;
}

// False, maybe with an exception, where the module is loaded and has none such.
bool note(const LookedAt& place, Collection& collection) {
  collection.module_name = PyUnicode_InternFromString(place.module);
  collection.name = PyUnicode_InternFromString(place.name);
  collection.module = Ref::borrow(loaded_module(place.module)).release();
  if (collection.module == nullptr) return true;
  collection.object = PyObject_GetAttr(collection.module, collection.name);
  if (collection.object == nullptr) return false;
  collection.itself = follow(collection.object, place.attribute).release();
  if (collection.itself == nullptr) return false;
  collection.size = size_of(collection.itself);
  if (PyList_CheckExact(collection.itself)) {
    collection.entries = PyList_GetSlice(collection.itself, 0, collection.size);
  }
  return collection.size >= 0;
}

bool is_as_noted(const Collection& then) {
  if (PyDict_GetItem(PyImport_GetModuleDict(), then.module_name) != then.module) return false;
  if (then.module == nullptr) return true;
  if (PyDict_GetItem(PyModule_GetDict(then.module), then.name) != then.object) return false;
  if (size_of(then.itself) != then.size) return false;
  for (Py_ssize_t i = 0; then.entries != nullptr && i < then.size; ++i) {
    if (PyList_GetItem(then.itself, i) != PyList_GetItem(then.entries, i)) return false;
  }
  return true;
}

bool would_do_nothing() {
  bool nothing = g_noted.harmless && callbacks_are_as_noted();
  for (const Collection& collection : g_noted.collections) {
    nothing = nothing && is_as_noted(collection);
  }
  PyErr_Clear();
  return nothing;
}

}  // namespace

void note_exit_callbacks() {
  bool harmless = note_callbacks();
  for (std::size_t i = 0; i < kCount; ++i) {
    harmless = note(kLookedAt[i], g_noted.collections[i]) && harmless;
  }
  PyObject* const of_threading = g_noted.collections[kThreadingCallbacks].entries;
  g_noted.harmless = harmless && (of_threading == nullptr || all_harmless(of_threading));
  PyErr_Clear();
}

long count_exit_callbacks() {
  PyObject* const atexit = g_noted.count_callbacks == nullptr ? loaded_module("atexit") : nullptr;
  if (g_noted.count_callbacks == nullptr && atexit == nullptr) return 0;
  const Ref count(atexit != nullptr ? PyObject_CallMethod(atexit, "_ncallbacks", nullptr)
                                    : PyObject_CallObject(g_noted.count_callbacks, nullptr));
  return count ? PyLong_AsLong(count.get()) : -1;
}

bool run_exit_callbacks() {
  PyObject* const threading = loaded_module("threading");
  PyObject* const atexit = loaded_module("atexit");
  if ((threading == nullptr && atexit == nullptr) || would_do_nothing()) return false;
  if (threading != nullptr) {
    const Ref done(PyObject_CallMethod(threading, "_shutdown", nullptr));
    if (!done) PyErr_WriteUnraisable(threading);
  }
  if (atexit != nullptr) {
    const Ref done(PyObject_CallMethod(atexit, "_run_exitfuncs", nullptr));
    if (!done) PyErr_Clear();
  }
  return true;
}

}  // namespace playground::pool
