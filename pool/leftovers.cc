// The objects in question are those that the garbage collector tracks: everything that can hold
// others, every instance of a class. What the zygote had is frozen and not among them.
#include "pool/leftovers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "pool/exit_callbacks.h"
#include "pool/python.h"

namespace playground::pool {
namespace {

// How objects of a type end.
enum class Kind : std::uint8_t {
  silent,     // nothing but memory is given back
  loud,       // a finalizer runs, or may run
  reference,  // a weak reference: silent unless it has a callback
  type,       // a class: silent itself, but see class_is_loud()
};

// Types written in C end silently, if they have no finalizer, when they come from one of these
// packages. Not listed are, for instance, sqlite3 (a connection rolls back), _dbm and _gdbm
// (write), and libraries unheard of. Sorted.
constexpr std::string_view kSilentPackages[] = {
    "_abc",        "_ast",     "_bisect",    "_collections", "_contextvars", "_csv",
    "_datetime",   "_decimal", "_functools", "_heapq",       "_json",        "_operator",
    "_pickle",     "_queue",   "_random",    "_sre",         "_string",      "_struct",
    "_thread",     "_typing",  "array",      "ast",          "builtins",     "collections",
    "contextvars", "copyreg",  "datetime",   "decimal",      "functools",    "itertools",
    "math",        "numpy",    "operator",   "pandas",       "posix",        "re",
    "string",      "sys",      "time",       "types",        "typing",       "zlib",
};

struct Known {
  void* instance_dealloc = nullptr;     // tp_dealloc of classes made by a class statement
  PyTypeObject* reference = nullptr;    // weakref.ref
  PyTypeObject* memory_files[2] = {};   // io.BytesIO and io.StringIO: closing them shows nothing
  PyObject* get_objects = nullptr;      // gc.get_objects
  PyObject* unfreeze = nullptr;         // gc.unfreeze
  PyObject* get_debug = nullptr;        // gc.get_debug
  PyObject* collector_hooks = nullptr;  // gc.callbacks
  PyObject* count_threads = nullptr;    // _thread._count
  PyObject* module = nullptr;           // "__module__", interned
  PyObject* canary = nullptr;
  bool slots_are_known = false;
  bool finalizing_first = false;  // Python 3.12 and later
  long callbacks = 0;             // atexit callbacks of preloaded modules
};

struct Stream {
  const char* name;
  PyObject* object;
};

Known g_known;
Stream g_streams[] = {{"stdout", nullptr},
                      {"stderr", nullptr},
                      {"stdin", nullptr},
                      {"__stdout__", nullptr},
                      {"__stderr__", nullptr}};

// What was found out about a type, by its address, in the course of one check: as many as lie in
// one page.
struct Verdict {
  PyTypeObject* type;
  Kind kind;
};
alignas(4096) std::array<Verdict, 256> g_verdicts{};

bool has_finalizer(PyTypeObject* type) {
  return PyType_GetSlot(type, Py_tp_finalize) != nullptr ||
         PyType_GetSlot(type, Py_tp_del) != nullptr;
}

bool from_silent_package(PyTypeObject* type) {
  const Ref name(PyObject_GetAttr(reinterpret_cast<PyObject*>(type), g_known.module));
  const Ref bytes(name ? PyUnicode_AsUTF8String(name.get()) : nullptr);
  if (!bytes) {
    PyErr_Clear();
    return false;
  }
  std::string_view package(PyBytes_AsString(bytes.get()));
  package = package.substr(0, package.find('.'));
  return std::binary_search(std::begin(kSilentPackages), std::end(kSilentPackages), package);
}

Kind judge(PyTypeObject* type);

Kind find_kind(PyTypeObject* type) {
  if (type == g_known.reference) return Kind::reference;
  if (type == &PyType_Type) return Kind::type;
  for (const PyTypeObject* file : g_known.memory_files) {
    if (type == file) return Kind::silent;
  }
  if (has_finalizer(type)) return Kind::loud;
  // A class ends its instances as the first base written in C does.
  const bool made_by_statement = (PyType_GetFlags(type) & Py_TPFLAGS_HEAPTYPE) != 0 &&
                                 PyType_GetSlot(type, Py_tp_dealloc) == g_known.instance_dealloc;
  if (made_by_statement) {
    return judge(static_cast<PyTypeObject*>(PyType_GetSlot(type, Py_tp_base)));
  }
  return from_silent_package(type) ? Kind::silent : Kind::loud;
}

// find_kind(), asked once for each type as long as the table has room near its place.
Kind judge(PyTypeObject* type) {
  constexpr std::size_t kTries = 8;
  const std::size_t start = (reinterpret_cast<std::uintptr_t>(type) >> 4) * 0x9E3779B9U;
  for (std::size_t i = 0; i < kTries; ++i) {
    Verdict& verdict = g_verdicts[(start + i) % g_verdicts.size()];
    if (verdict.type == type) return verdict.kind;
    if (verdict.type == nullptr) {
      const Kind kind = find_kind(type);  // may itself fill places, this one included
      if (verdict.type == nullptr) verdict = {type, kind};
      return kind;
    }
  }
  return find_kind(type);
}

// The collector does not track instances of classes like `class A: __slots__ = ()`. So the mere
// existence of one with __del__ counts.
bool class_is_loud(PyObject* object) {
  PyTypeObject* const type = reinterpret_cast<PyTypeObject*>(object);
  return (PyType_GetFlags(type) & Py_TPFLAGS_HAVE_GC) == 0 && has_finalizer(type);
}

// Callbacks of the standard library's own sets of weak references, which only remove the entry, are
// no more visible than the entry: functions of _weakrefset and weakref, and _abc's, which is bound
// to a reference itself.
bool callback_is_loud(PyObject* reference) {
  const Ref callback(PyObject_GetAttrString(reference, "__callback__"));
  if (callback && callback.get() == Py_None) return false;
  const Ref module(callback ? PyObject_GetAttrString(callback.get(), "__module__") : nullptr);
  if (module && PyUnicode_Check(module.get())) {
    return PyUnicode_CompareWithASCIIString(module.get(), "_weakrefset") != 0 &&
           PyUnicode_CompareWithASCIIString(module.get(), "weakref") != 0;
  }
  PyErr_Clear();
  const Ref self(callback ? PyObject_GetAttrString(callback.get(), "__self__") : nullptr);
  PyErr_Clear();
  return !self || Py_TYPE(self.get()) != g_known.reference;
}

bool object_is_loud(PyObject* object) {
  switch (judge(Py_TYPE(object))) {
    case Kind::silent:
      return false;
    case Kind::type:
      return class_is_loud(object);
    case Kind::reference:
      return callback_is_loud(object);
    default:
      return true;
  }
}

bool any_loud(PyObject* objects) {
  const Py_ssize_t count = PyList_Size(objects);
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (object_is_loud(PyList_GetItem(objects, i))) return true;
  }
  return false;
}

// The canary is gone when the program called gc.freeze(), and what else that has hidden can't be
// told.
bool canary_sings(PyObject* objects) {
  const Py_ssize_t count = PyList_Size(objects);
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (PyList_GetItem(objects, i) == g_known.canary) return true;
  }
  return false;
}

bool streams_are_own() {
  return std::all_of(std::begin(g_streams), std::end(g_streams), [](const Stream& stream) {
    return PySys_GetObject(stream.name) == stream.object;
  });
}

// The collection within Py_FinalizeEx() would be seen.
bool collector_is_watched() {
  const Ref flags(PyObject_CallObject(g_known.get_debug, nullptr));
  return !flags || PyLong_AsLong(flags.get()) != 0 || PyList_Size(g_known.collector_hooks) != 0;
}

// Since Python 3.12 a thread started by an atexit callback is refused, but only within
// Py_FinalizeEx().
bool callbacks_may_differ() {
  return g_known.finalizing_first && count_exit_callbacks() > g_known.callbacks;
}

bool no_other_threads() {
  const Ref count(PyObject_CallObject(g_known.count_threads, nullptr));
  return count && PyLong_AsLong(count.get()) == 0;
}

PyObject* take(PyObject* module, const char* name) {
  return module != nullptr ? PyObject_GetAttrString(module, name) : nullptr;
}

}  // namespace

bool prepare_leftovers() {
  const Ref gc = import_unseen("gc");
  const Ref environ(take(loaded_module("os"), "environ"));  // any instance of a Python class
  g_known.get_objects = take(gc.get(), "get_objects");
  g_known.unfreeze = take(gc.get(), "unfreeze");
  g_known.get_debug = take(gc.get(), "get_debug");
  g_known.collector_hooks = take(gc.get(), "callbacks");
  g_known.module = PyUnicode_InternFromString("__module__");
  g_known.count_threads = take(loaded_module("_thread"), "_count");
  PyObject* const io = loaded_module("_io");
  g_known.memory_files[0] = reinterpret_cast<PyTypeObject*>(take(io, "BytesIO"));
  g_known.memory_files[1] = reinterpret_cast<PyTypeObject*>(take(io, "StringIO"));
  g_known.reference = reinterpret_cast<PyTypeObject*>(take(loaded_module("_weakref"), "ref"));
  if (!environ || PyErr_Occurred() != nullptr) return false;
  PyObject* const version = PySys_GetObject("hexversion");
  g_known.finalizing_first = version != nullptr && PyLong_AsLong(version) >= 0x030C0000;
  g_known.callbacks = count_exit_callbacks();
  g_known.instance_dealloc = PyType_GetSlot(Py_TYPE(environ.get()), Py_tp_dealloc);
  for (Stream& stream : g_streams) stream.object = PySys_GetObject(stream.name);
  return true;
}

void place_canary() {
  g_known.canary = PyList_New(0);
  // Before Python 3.10 the slots of built-in types can't be asked for; then nothing is known to be
  // silent.
  g_known.slots_are_known = PyType_GetSlot(&PyList_Type, Py_tp_dealloc) != nullptr;
  PyErr_Clear();
}

bool anything_left() {
  if (!g_known.slots_are_known || !streams_are_own() || !no_other_threads() ||
      collector_is_watched() || callbacks_may_differ()) {
    PyErr_Clear();
    return true;
  }
  g_verdicts.fill({});  // a class may have changed since, or its address be another's by now
  const Ref objects(PyObject_CallObject(g_known.get_objects, nullptr));
  const bool loud = !objects || any_loud(objects.get()) || !canary_sings(objects.get());
  PyErr_Clear();
  return loud;
}

void thaw_heap(bool unseen) {
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  const Ref objects(unseen ? nullptr : PyObject_CallObject(g_known.get_objects, nullptr));
  PyErr_Clear();
  if (!objects || canary_sings(objects.get())) {
    const Ref done(PyObject_CallObject(g_known.unfreeze, nullptr));
  }
  PyErr_Restore(type, value, traceback);
}

}  // namespace playground::pool
